package v1alpha1

// SecretRef is a key of a Secret.
type SecretRef struct {
	SecretName string `json:"secretName"`
	Key        string `json:"key"`
}

// ConfigMapKeyRef is a key of a ConfigMap.
type ConfigMapKeyRef struct {
	ConfigMapName string `json:"configMapName"`
	Key           string `json:"key"`
}

// SCMProviderGenerator gives the repositories of an organization.
type SCMProviderGenerator struct {
	Github              *SCMProviderGeneratorGithub          `json:"github,omitempty"`
	Gitlab              *SCMProviderGeneratorGitlab          `json:"gitlab,omitempty"`
	Bitbucket           *SCMProviderGeneratorBitbucket       `json:"bitbucket,omitempty"`
	BitbucketServer     *SCMProviderGeneratorBitbucketServer `json:"bitbucketServer,omitempty"`
	Gitea               *SCMProviderGeneratorGitea           `json:"gitea,omitempty"`
	AzureDevOps         *SCMProviderGeneratorAzureDevOps     `json:"azureDevOps,omitempty"`
	Filters             []SCMProviderGeneratorFilter         `json:"filters,omitempty"`
	CloneProtocol       string                               `json:"cloneProtocol,omitempty"`
	RequeueAfterSeconds *int64                               `json:"requeueAfterSeconds,omitempty"`
	Template            ApplicationSetTemplate               `json:"template,omitempty"`
	Values              map[string]string                    `json:"values,omitempty"`
	AWSCodeCommit       *SCMProviderGeneratorAWSCodeCommit   `json:"awsCodeCommit,omitempty"`
}

// SCMProviderGeneratorGitea is an owner at Gitea.
type SCMProviderGeneratorGitea struct {
	Owner       string     `json:"owner"`
	API         string     `json:"api"`
	TokenRef    *SecretRef `json:"tokenRef,omitempty"`
	AllBranches bool       `json:"allBranches,omitempty"`
	Insecure    bool       `json:"insecure,omitempty"`
}

// SCMProviderGeneratorGithub is an organization at GitHub.
type SCMProviderGeneratorGithub struct {
	Organization  string     `json:"organization"`
	API           string     `json:"api,omitempty"`
	TokenRef      *SecretRef `json:"tokenRef,omitempty"`
	AppSecretName string     `json:"appSecretName,omitempty"`
	AllBranches   bool       `json:"allBranches,omitempty"`
}

// SCMProviderGeneratorGitlab is a group at GitLab.
type SCMProviderGeneratorGitlab struct {
	Group                 string           `json:"group"`
	IncludeSubgroups      bool             `json:"includeSubgroups,omitempty"`
	API                   string           `json:"api,omitempty"`
	TokenRef              *SecretRef       `json:"tokenRef,omitempty"`
	AllBranches           bool             `json:"allBranches,omitempty"`
	Insecure              bool             `json:"insecure,omitempty"`
	IncludeSharedProjects *bool            `json:"includeSharedProjects,omitempty"`
	Topic                 string           `json:"topic,omitempty"`
	CARef                 *ConfigMapKeyRef `json:"caRef,omitempty"`
}

// SCMProviderGeneratorBitbucket is a workspace at Bitbucket.
type SCMProviderGeneratorBitbucket struct {
	Owner          string     `json:"owner"`
	User           string     `json:"user"`
	AppPasswordRef *SecretRef `json:"appPasswordRef"`
	AllBranches    bool       `json:"allBranches,omitempty"`
}

// SCMProviderGeneratorBitbucketServer is a project of a Bitbucket server.
type SCMProviderGeneratorBitbucketServer struct {
	Project     string                    `json:"project"`
	API         string                    `json:"api"`
	BasicAuth   *BasicAuthBitbucketServer `json:"basicAuth,omitempty"`
	AllBranches bool                      `json:"allBranches,omitempty"`
	BearerToken *BearerTokenBitbucket     `json:"bearerToken,omitempty"`
	Insecure    bool                      `json:"insecure,omitempty"`
	CARef       *ConfigMapKeyRef          `json:"caRef,omitempty"`
}

// SCMProviderGeneratorAzureDevOps is a project at Azure DevOps.
type SCMProviderGeneratorAzureDevOps struct {
	Organization   string     `json:"organization"`
	API            string     `json:"api,omitempty"`
	TeamProject    string     `json:"teamProject"`
	AccessTokenRef *SecretRef `json:"accessTokenRef"`
	AllBranches    bool       `json:"allBranches,omitempty"`
}

// TagFilter is a tag of AWS CodeCommit.
type TagFilter struct {
	Key   string `json:"key"`
	Value string `json:"value,omitempty"`
}

// SCMProviderGeneratorAWSCodeCommit is an account's repositories at AWS CodeCommit.
type SCMProviderGeneratorAWSCodeCommit struct {
	TagFilters  []*TagFilter `json:"tagFilters,omitempty"`
	Role        string       `json:"role,omitempty"`
	Region      string       `json:"region,omitempty"`
	AllBranches bool         `json:"allBranches,omitempty"`
}

// SCMProviderGeneratorFilter selects repositories; all its fields must match, and one filter of several.
type SCMProviderGeneratorFilter struct {
	RepositoryMatch *string  `json:"repositoryMatch,omitempty"`
	PathsExist      []string `json:"pathsExist,omitempty"`
	PathsDoNotExist []string `json:"pathsDoNotExist,omitempty"`
	LabelMatch      *string  `json:"labelMatch,omitempty"`
	BranchMatch     *string  `json:"branchMatch,omitempty"`
}

// PullRequestGenerator gives the open pull requests of a repository.
type PullRequestGenerator struct {
	Github                      *PullRequestGeneratorGithub          `json:"github,omitempty"`
	GitLab                      *PullRequestGeneratorGitLab          `json:"gitlab,omitempty"`
	Gitea                       *PullRequestGeneratorGitea           `json:"gitea,omitempty"`
	BitbucketServer             *PullRequestGeneratorBitbucketServer `json:"bitbucketServer,omitempty"`
	Filters                     []PullRequestGeneratorFilter         `json:"filters,omitempty"`
	RequeueAfterSeconds         *int64                               `json:"requeueAfterSeconds,omitempty"`
	Template                    ApplicationSetTemplate               `json:"template,omitempty"`
	Bitbucket                   *PullRequestGeneratorBitbucket       `json:"bitbucket,omitempty"`
	AzureDevOps                 *PullRequestGeneratorAzureDevOps     `json:"azuredevops,omitempty"`
	Values                      map[string]string                    `json:"values,omitempty"`
	ContinueOnRepoNotFoundError bool                                 `json:"continueOnRepoNotFoundError,omitempty"`
}

// PullRequestGeneratorGitea is a repository at Gitea.
type PullRequestGeneratorGitea struct {
	Owner    string     `json:"owner"`
	Repo     string     `json:"repo"`
	API      string     `json:"api"`
	TokenRef *SecretRef `json:"tokenRef,omitempty"`
	Insecure bool       `json:"insecure,omitempty"`
	Labels   []string   `json:"labels,omitempty"`
}

// PullRequestGeneratorAzureDevOps is a repository at Azure DevOps.
type PullRequestGeneratorAzureDevOps struct {
	Organization string     `json:"organization"`
	Project      string     `json:"project"`
	Repo         string     `json:"repo"`
	API          string     `json:"api,omitempty"`
	TokenRef     *SecretRef `json:"tokenRef,omitempty"`
	Labels       []string   `json:"labels,omitempty"`
}

// PullRequestGeneratorGithub is a repository at GitHub.
type PullRequestGeneratorGithub struct {
	Owner         string     `json:"owner"`
	Repo          string     `json:"repo"`
	API           string     `json:"api,omitempty"`
	TokenRef      *SecretRef `json:"tokenRef,omitempty"`
	AppSecretName string     `json:"appSecretName,omitempty"`
	Labels        []string   `json:"labels,omitempty"`
}

// PullRequestGeneratorGitLab is a project at GitLab.
type PullRequestGeneratorGitLab struct {
	Project          string           `json:"project"`
	API              string           `json:"api,omitempty"`
	TokenRef         *SecretRef       `json:"tokenRef,omitempty"`
	Labels           []string         `json:"labels,omitempty"`
	PullRequestState string           `json:"pullRequestState,omitempty"`
	Insecure         bool             `json:"insecure,omitempty"`
	CARef            *ConfigMapKeyRef `json:"caRef,omitempty"`
}

// PullRequestGeneratorBitbucketServer is a repository of a Bitbucket server.
type PullRequestGeneratorBitbucketServer struct {
	Project     string                    `json:"project"`
	Repo        string                    `json:"repo"`
	API         string                    `json:"api"`
	BasicAuth   *BasicAuthBitbucketServer `json:"basicAuth,omitempty"`
	BearerToken *BearerTokenBitbucket     `json:"bearerToken,omitempty"`
	Insecure    bool                      `json:"insecure,omitempty"`
	CARef       *ConfigMapKeyRef          `json:"caRef,omitempty"`
}

// PullRequestGeneratorBitbucket is a repository at Bitbucket.
type PullRequestGeneratorBitbucket struct {
	Owner       string                     `json:"owner"`
	Repo        string                     `json:"repo"`
	API         string                     `json:"api,omitempty"`
	BasicAuth   *BasicAuthBitbucketServer  `json:"basicAuth,omitempty"`
	BearerToken *BearerTokenBitbucketCloud `json:"bearerToken,omitempty"`
}

// BearerTokenBitbucket is how to log in to a Bitbucket server.
type BearerTokenBitbucket struct {
	TokenRef *SecretRef `json:"tokenRef"`
}

// BearerTokenBitbucketCloud is how to log in to Bitbucket.
type BearerTokenBitbucketCloud struct {
	TokenRef *SecretRef `json:"tokenRef"`
}

// BasicAuthBitbucketServer is how to log in to a Bitbucket server or Bitbucket.
type BasicAuthBitbucketServer struct {
	Username    string     `json:"username"`
	PasswordRef *SecretRef `json:"passwordRef"`
}

// PullRequestGeneratorFilter selects pull requests; all its fields must match, and one filter of several.
type PullRequestGeneratorFilter struct {
	BranchMatch       *string `json:"branchMatch,omitempty"`
	TargetBranchMatch *string `json:"targetBranchMatch,omitempty"`
	TitleMatch        *string `json:"titleMatch,omitempty"`
}
