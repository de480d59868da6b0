package syncwindows

import (
	"strings"
	"testing"
	"time"

	"drydock/engine/internal/wire"
)

// A Monday.
var noon = time.Date(2024, time.January, 1, 12, 0, 0, 0, time.UTC)

func window(kind, schedule, duration string, more func(*wire.SyncWindow)) wire.SyncWindow {
	w := wire.SyncWindow{Kind: kind, Schedule: schedule, Duration: duration, Applications: []string{"*"}}
	if more != nil {
		more(&w)
	}
	return w
}

func TestWindowsDecideWhoMaySync(t *testing.T) {
	manual := func(w *wire.SyncWindow) { w.ManualSync = true }
	cases := []struct {
		name              string
		windows           []wire.SyncWindow
		manual, automated bool
	}{
		{"none", nil, true, true},
		{"an open allow", []wire.SyncWindow{window("allow", "0 11 * * *", "2h", nil)}, true, true},
		{"a closed allow", []wire.SyncWindow{window("allow", "0 22 * * *", "1h", nil)}, false, false},
		{"a closed allow that lets people sync", []wire.SyncWindow{window("allow", "0 22 * * *", "1h", manual)}, true, false},
		{"an open deny beats an open allow", []wire.SyncWindow{window("allow", "* * * * *", "1h", nil), window("deny", "55 11 * * *", "10m", nil)}, false, false},
		{"one deny of two that lets nobody sync", []wire.SyncWindow{window("deny", "0 11 * * *", "2h", manual), window("deny", "0 11 * * *", "2h", nil)}, false, false},
		{"the day of the week", []wire.SyncWindow{window("deny", "0 11 * * SUN", "2h", nil)}, true, true},
		{"another time zone", []wire.SyncWindow{window("deny", "0 20 * * MON", "2h", func(w *wire.SyncWindow) { w.Offset = 9 * 3600 })}, false, false},
		{"an end that has just come", []wire.SyncWindow{window("deny", "0 11 * * *", "1h", nil)}, true, true},
		{"another Application", []wire.SyncWindow{window("deny", "* * * * *", "1h", func(w *wire.SyncWindow) { w.Applications = []string{"other-*"} })}, true, true},
		{"the namespace", []wire.SyncWindow{window("deny", "* * * * *", "1h", func(w *wire.SyncWindow) { w.Applications, w.Namespaces = nil, []string{"sh?p"} })}, false, false},
		{"name and cluster, of which one fits", []wire.SyncWindow{window("deny", "* * * * *", "1h", func(w *wire.SyncWindow) {
			w.Clusters, w.AndOperator = []string{"prod"}, true
		})}, true, true},
	}
	for _, each := range cases {
		request := wire.SyncWindows{Windows: each.windows, Application: "web", Destination: wire.Destination{Name: "in-cluster", Namespace: "shop"}}
		state, err := decide(request, noon)
		if err != nil || state.Manual != each.manual || state.Automated != each.automated {
			t.Errorf("%s: %+v, %v", each.name, state, err)
		}
	}
}

func TestScheduleThatCannotBeReadBlocksEverySync(t *testing.T) {
	_, err := decide(wire.SyncWindows{Windows: []wire.SyncWindow{window("allow", "@daily", "1h", nil)}, Application: "web"}, noon)
	if err == nil || !strings.Contains(err.Error(), "cannot parse schedule '@daily'") {
		t.Error(err)
	}
}
