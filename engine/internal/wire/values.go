package wire

// Values is what a chart's values are put together from, as in Template.
type Values struct {
	Chart      string   `json:"chart"`
	ValueFiles []string `json:"valueFiles"`
	Values     string   `json:"values"`
	Set        []string `json:"set"`
	SetString  []string `json:"setString"`
}

// ValuesDetails tells of each value where it comes from.
type ValuesDetails struct {
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
	// OriginFile is a line of a file: one of ValueFiles, or the values.yaml of a chart in a folder.
	OriginFile = "file"
	// OriginPackage is a line of a values.yaml in a packaged chart.
	OriginPackage = "package"
	// OriginInline is a line of Values.
	OriginInline = "inline"
	// OriginSet and OriginSetString are an entry of Set or SetString.
	OriginSet       = "set"
	OriginSetString = "setString"
)

// ValueOrigin is where a value comes from.
type ValueOrigin struct {
	Kind string `json:"kind"`
	// File is the absolute path of the file or package.
	File string `json:"file,omitempty"`
	// Member is the path in the package.
	Member string `json:"member,omitempty"`
	// Line is 1-based.
	Line int `json:"line,omitempty"`
	// Index is that of the entry; nil for what is no entry.
	Index *int `json:"index,omitempty"`
}
