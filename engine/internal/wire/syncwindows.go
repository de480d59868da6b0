package wire

// SyncWindows asks whether an AppProject's sync windows let an Application be synced at a time.
type SyncWindows struct {
	Windows []SyncWindow `json:"windows"`
	// Application is the name of the Application.
	Application string `json:"application"`
	// Destination is the Application's `spec.destination`.
	Destination Destination `json:"destination"`
	// Now is the time in RFC 3339.
	Now string `json:"now"`
}

// Destination is where an Application deploys to.
type Destination struct {
	Name      string `json:"name"`
	Server    string `json:"server"`
	Namespace string `json:"namespace"`
}

// SyncWindow is one of an AppProject's `spec.syncWindows`.
type SyncWindow struct {
	Kind         string   `json:"kind"`
	Schedule     string   `json:"schedule"`
	Duration     string   `json:"duration"`
	Applications []string `json:"applications"`
	Namespaces   []string `json:"namespaces"`
	Clusters     []string `json:"clusters"`
	ManualSync   bool     `json:"manualSync"`
	AndOperator  bool     `json:"andOperator"`
	// Offset is that of the window's time zone from UTC, in seconds: the engine has no files with time zones.
	Offset int `json:"offset"`
}

// WindowState is the details of what comes of SyncWindows.
type WindowState struct {
	// Manual and Automated tell whether a person, or Argo CD by itself, may sync.
	Manual    bool `json:"manual"`
	Automated bool `json:"automated"`
	// Blocking has the numbers, from 0, of the windows that keep Argo CD from syncing by itself.
	Blocking []int `json:"blocking"`
}
