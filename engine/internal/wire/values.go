package wire

import (
	"encoding/json"
	"strings"
)

// Values asks for the values that a chart's templates see, in place of what they give.
type Values struct {
	// Op is build, template, helmRelease or application, and Render what it would be asked.
	Op     string          `json:"op"`
	Render json.RawMessage `json:"render"`
}

// ValuesDetails tells of each value where it comes from.
type ValuesDetails struct {
	// Charts are those that are rendered, one after the other; each has a document of the YAML.
	Charts []ChartValues `json:"charts"`
}

// ChartValues tells of one chart.
type ChartValues struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Source is the index of the Application's source that gives the chart; 0 for all else.
	Source int `json:"source"`
	// Entry is what of a kustomization asks for the chart; nil for all else, and when it can't be told.
	Entry *ValueOrigin `json:"entry,omitempty"`
	// Leaves are all values that are no table and no list with something in it, sorted by path.
	Leaves []ValueLeaf `json:"leaves"`
}

// ValueLeaf is a value, and where it comes from.
type ValueLeaf struct {
	// Path has the keys of tables as text and the positions in lists as numbers.
	Path  []any `json:"path"`
	Value any   `json:"value"`
	// Origin is nil when it can't be told.
	Origin *ValueOrigin `json:"origin"`
	// Overrode are the values that stood at the same path, the last one first.
	Overrode []OverriddenValue `json:"overrode"`
}

// OverriddenValue is a value that another one was laid over.
type OverriddenValue struct {
	Value  any         `json:"value"`
	Origin ValueOrigin `json:"origin"`
}

// Kinds of origins.
const (
	// OriginFile is a line of a file.
	OriginFile = "file"
	// OriginPackage is a line of a file in a packaged chart.
	OriginPackage = "package"
	// OriginObject is a line of the text of the HelmRelease or Application.
	OriginObject = "object"
	// OriginReference is a line of a value of a ConfigMap or Secret, one of a HelmRelease's Objects.
	OriginReference = "reference"
	// OriginInline is a line of Template.Values.
	OriginInline = "inline"
	// OriginSet and OriginSetString are an entry of the field of Template of that name.
	OriginSet       = "set"
	OriginSetString = "setString"
)

// ValueOrigin is where a value comes from. The zero value is unknown.
type ValueOrigin struct {
	Kind string `json:"kind"`
	// File is the absolute path of the file or package.
	File string `json:"file,omitempty"`
	// Member is the path in the package; "!/" stands in it where that has a package in it.
	Member string `json:"member,omitempty"`
	// Line is 1-based. Of a reference it is that of the key's value.
	Line int `json:"line,omitempty"`
	// Number counts the entries, or the objects referred to, from 1.
	Number int `json:"number,omitempty"`
	// Key is that of the object referred to.
	Key string `json:"key,omitempty"`
	// ObjectLine is the line of the object's text where the line of the key's value stands, or begins where it has no line of its own.
	ObjectLine int `json:"objectLine,omitempty"`
}

// FileOrigin is that of a file, by its path or that in a package: "/chart.tgz!/values.yaml". An empty one is unknown.
func FileOrigin(file string) ValueOrigin {
	if file == "" {
		return ValueOrigin{}
	}
	if pkg, member, inPackage := strings.Cut(file, "!/"); inPackage {
		return ValueOrigin{Kind: OriginPackage, File: pkg, Member: member}
	}
	return ValueOrigin{Kind: OriginFile, File: file}
}
