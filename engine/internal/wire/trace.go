package wire

// Trace tells where what was rendered comes from, for a render that was asked for it. What can't be told is left out;
// nothing in it is a guess.
//
// Tables keep it small: 500 resources of 40 fields take about 1 MB of JSON.
type Trace struct {
	// Files are absolute paths. A file in a packaged chart is named by the package's path, "!/", and the path in it.
	Files []string `json:"files"`
	// Kustomizations are those that took part, the one that was asked for first. One that is reached in two ways is there twice.
	Kustomizations []TraceKustomization `json:"kustomizations"`
	// Steps are what touched resources.
	Steps []TraceStep `json:"steps"`
	// Origins are what fields and lines refer to; the first stands for "unknown". Numbers at the end that are 0 are left out:
	//
	//	[step, file, line, column, before, via]
	//
	// step and file count from 1 in Steps and Files. line and column are those of the value's first character, from 1, columns in
	// code points; they are 0 when only the file is known. before is the origin of the value that this one was made from or that
	// it replaced. via is the origin of the field that the value was taken from: a replacement's source, the name that a
	// reference follows, or the line of a template that included this one.
	Origins [][]int `json:"origins"`
	// Resources are the rendered documents, in their order; nil for a render that knows lines only.
	Resources []TraceResource `json:"resources"`
	// Lines has the origin of each line of the rendering; nil for a render that knows resources.
	Lines []int `json:"lines"`
	// Pieces has, by their index in Lines, the lines that several pieces of a template wrote; it does not leave the engine.
	Pieces map[int][]TracePiece `json:"-"`
}

// TracePiece is what one piece of a template, an action or text beside it, wrote of a line.
type TracePiece struct {
	// Column is where it begins, from 1 in code points; it goes on to the next one.
	Column int
	Origin int
}

// TraceKustomization is one kustomization as it was loaded.
type TraceKustomization struct {
	// File and Parent are indices in Files and Kustomizations; Parent is -1 for the first.
	File   int `json:"file"`
	Parent int `json:"parent"`
	// Field and Index are the entry of the parent that asks for it, such as resources and 0; the index is -1 when it can't be told.
	Field string `json:"field"`
	Index int    `json:"index"`
}

// Fields of steps that are no fields of a kustomization.
const (
	// StepHash appends the hash of a generated resource's content to its name.
	StepHash = "hash"
	// StepNameReference makes references follow names that changed.
	StepNameReference = "nameReference"
	// StepSubstitute is Flux's substitution of variables, whose names are the step's values.
	StepSubstitute = "substitute"
	// StepDirectory reads the manifests in a folder; StepTracking marks objects as an Application's; StepOwner adds the labels by which a
	// controller of Flux knows what it applied.
	StepDirectory = "directory"
	StepTracking  = "tracking"
	StepOwner     = "ownerLabels"
	// StepTemplate is text of a template file or of a definition; StepAction is an action of one.
	StepTemplate = "template"
	StepAction   = "action"
)

// TraceStep is something that touched resources.
type TraceStep struct {
	// Field is that of a kustomization (resources, patches, images, configMapGenerator …), one of the steps above, or a field of the
	// object that was rendered, by its path: spec.patches, spec.source.kustomize.images. kustomize.images and the like are fields of a
	// file that overrides an Application's source, .argocd-source.yaml.
	Field string `json:"field"`
	// Index is the entry in the field's list; -1 when the field is no list.
	Index int `json:"index"`
	// Kustomization is the index of the one that has the field; -1 for none.
	Kustomization int `json:"kustomization"`
	// Name is the definition or the template file that an action or a text stands in.
	Name string `json:"name,omitempty"`
	// Values are the keys of the chart's values that an action mentions, such as image.tag; or names of variables.
	Values []string `json:"values,omitempty"`
}

// TraceResource is a rendered resource.
type TraceResource struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
	// Steps that touched it, in their order, counted from 1.
	Steps []int `json:"steps"`
	// Fields is shaped as the resource: objects and arrays that hold an origin in place of each scalar, empty object and empty array.
	Fields any `json:"fields"`
}
