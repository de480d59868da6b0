package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// ApplicationSet is argoproj.io/v1alpha1 ApplicationSet without its status.
type ApplicationSet struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              ApplicationSetSpec `json:"spec"`
}

// ApplicationSetSpec says which Applications to generate from which parameters.
type ApplicationSetSpec struct {
	GoTemplate                   bool                            `json:"goTemplate,omitempty"`
	Generators                   []ApplicationSetGenerator       `json:"generators"`
	Template                     ApplicationSetTemplate          `json:"template"`
	SyncPolicy                   *ApplicationSetSyncPolicy       `json:"syncPolicy,omitempty"`
	Strategy                     *ApplicationSetStrategy         `json:"strategy,omitempty"`
	PreservedFields              *ApplicationPreservedFields     `json:"preservedFields,omitempty"`
	GoTemplateOptions            []string                        `json:"goTemplateOptions,omitempty"`
	ApplyNestedSelectors         bool                            `json:"applyNestedSelectors,omitempty"`
	IgnoreApplicationDifferences ApplicationSetIgnoreDifferences `json:"ignoreApplicationDifferences,omitempty"`
	TemplatePatch                *string                         `json:"templatePatch,omitempty"`
}

// ApplicationPreservedFields are left as they are in the cluster.
type ApplicationPreservedFields struct {
	Annotations []string `json:"annotations,omitempty"`
	Labels      []string `json:"labels,omitempty"`
}

// ApplicationSetStrategy is the order in which generated Applications are updated.
type ApplicationSetStrategy struct {
	Type          string                         `json:"type,omitempty"`
	RollingSync   *ApplicationSetRolloutStrategy `json:"rollingSync,omitempty"`
	DeletionOrder string                         `json:"deletionOrder,omitempty"`
}

// ApplicationSetRolloutStrategy has the steps of a RollingSync.
type ApplicationSetRolloutStrategy struct {
	Steps []ApplicationSetRolloutStep `json:"steps,omitempty"`
}

// ApplicationSetRolloutStep is the Applications that are updated together.
type ApplicationSetRolloutStep struct {
	MatchExpressions []ApplicationMatchExpression `json:"matchExpressions,omitempty"`
	MaxUpdate        *intstr.IntOrString          `json:"maxUpdate,omitempty"`
}

// ApplicationMatchExpression selects Applications by a label.
type ApplicationMatchExpression struct {
	Key      string   `json:"key,omitempty"`
	Operator string   `json:"operator,omitempty"`
	Values   []string `json:"values,omitempty"`
}

// ApplicationSetSyncPolicy says what the controller may do to generated Applications.
type ApplicationSetSyncPolicy struct {
	PreserveResourcesOnDeletion bool    `json:"preserveResourcesOnDeletion,omitempty"`
	ApplicationsSync            *string `json:"applicationsSync,omitempty"`
}

// ApplicationSetIgnoreDifferences are fields of generated Applications that the controller leaves as they are.
type ApplicationSetIgnoreDifferences []ApplicationSetResourceIgnoreDifferences

// ApplicationSetResourceIgnoreDifferences is one of them.
type ApplicationSetResourceIgnoreDifferences struct {
	Name              string   `json:"name,omitempty"`
	JSONPointers      []string `json:"jsonPointers,omitempty"`
	JQPathExpressions []string `json:"jqPathExpressions,omitempty"`
}

// ApplicationSetTemplate is what an Application is made from.
type ApplicationSetTemplate struct {
	ApplicationSetTemplateMeta `json:"metadata"`
	Spec                       ApplicationSpec `json:"spec"`
}

// ApplicationSetTemplateMeta is the metadata of a template.
type ApplicationSetTemplateMeta struct {
	Name        string            `json:"name,omitempty"`
	Namespace   string            `json:"namespace,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
	Finalizers  []string          `json:"finalizers,omitempty"`
}
