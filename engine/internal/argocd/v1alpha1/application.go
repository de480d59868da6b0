// Package v1alpha1 has the fields of Argo CD's Application and ApplicationSet (github.com/argoproj/argo-cd/v3 v3.2.11,
// pkg/apis/application/v1alpha1), without Argo CD's module, which would make the engine many times as large.
//
// What decides a rendering beside the names is which fields are pointers, which are left out when empty, and how patches
// treat them: so each type has the shape of Argo CD's, and its name, which stands in Go's messages. test/fidelity tells when
// they part.
package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Application is argoproj.io/v1alpha1 Application without its status, which nothing here sets.
type Application struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              ApplicationSpec `json:"spec"`
	Operation         *Operation      `json:"operation,omitempty"`
}

// ApplicationSpec says what an Application deploys, and where.
type ApplicationSpec struct {
	Source               *ApplicationSource     `json:"source,omitempty"`
	Destination          ApplicationDestination `json:"destination"`
	Project              string                 `json:"project"`
	SyncPolicy           *SyncPolicy            `json:"syncPolicy,omitempty"`
	IgnoreDifferences    IgnoreDifferences      `json:"ignoreDifferences,omitempty"`
	Info                 []Info                 `json:"info,omitempty"`
	RevisionHistoryLimit *int64                 `json:"revisionHistoryLimit,omitempty"`
	Sources              ApplicationSources     `json:"sources,omitempty"`
	SourceHydrator       *SourceHydrator        `json:"sourceHydrator,omitempty"`
}

// ApplicationDestination names a cluster by its server or its name, and a namespace in it.
type ApplicationDestination struct {
	Server    string `json:"server,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
}

// SourceHydrator renders manifests to a branch before they are synced.
type SourceHydrator struct {
	DrySource  DrySource  `json:"drySource"`
	SyncSource SyncSource `json:"syncSource"`
	HydrateTo  *HydrateTo `json:"hydrateTo,omitempty"`
}

// DrySource is where a SourceHydrator reads.
type DrySource struct {
	RepoURL        string `json:"repoURL"`
	TargetRevision string `json:"targetRevision"`
	Path           string `json:"path"`
}

// SyncSource is where a SourceHydrator's manifests are synced from.
type SyncSource struct {
	TargetBranch string `json:"targetBranch"`
	Path         string `json:"path"`
}

// HydrateTo is the branch that a SourceHydrator writes first.
type HydrateTo struct {
	TargetBranch string `json:"targetBranch"`
}

// IgnoreDifferences are those of an Application.
type IgnoreDifferences []ResourceIgnoreDifferences

// ResourceIgnoreDifferences are fields whose drift is ignored.
type ResourceIgnoreDifferences struct {
	Group                 string   `json:"group,omitempty"`
	Kind                  string   `json:"kind"`
	Name                  string   `json:"name,omitempty"`
	Namespace             string   `json:"namespace,omitempty"`
	JSONPointers          []string `json:"jsonPointers,omitempty"`
	JQPathExpressions     []string `json:"jqPathExpressions,omitempty"`
	ManagedFieldsManagers []string `json:"managedFieldsManagers,omitempty"`
}

// Info is shown beside an Application.
type Info struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}
