// Package syncwindows decides whether an AppProject's sync windows let an Application be synced, as Argo CD v3.2.11 does
// (pkg/apis/application/v1alpha1/types.go: SyncWindows.Matches, CanSync), over the library that it reads schedules with.
package syncwindows

import (
	"fmt"
	"time"

	"github.com/gobwas/glob"
	"github.com/robfig/cron/v3"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// Decide tells who may sync. Its errors are those for which Argo CD refuses every sync.
func Decide(_ *tree.View, request wire.SyncWindows) (wire.Rendering, error) {
	now, err := time.Parse(time.RFC3339, request.Now)
	if err != nil {
		return wire.Rendering{}, err
	}
	state, err := decide(request, now.UTC())
	return wire.Rendering{Details: state}, err
}

func decide(request wire.SyncWindows, now time.Time) (wire.WindowState, error) {
	var denying, inactiveAllows []int
	isAllowed := false
	for i, window := range request.Windows {
		if !matches(window, request) {
			continue
		}
		active, err := isActive(window, now)
		if err != nil {
			return wire.WindowState{}, fmt.Errorf("invalid sync windows: %w", err)
		}
		switch {
		case active && window.Kind == "deny":
			denying = append(denying, i)
		case active && window.Kind == "allow":
			isAllowed = true
		case window.Kind == "allow":
			inactiveAllows = append(inactiveAllows, i)
		}
	}
	blocking := denying
	if len(denying) == 0 && !isAllowed {
		blocking = inactiveAllows
	}
	manual := true
	for _, i := range blocking {
		manual = manual && request.Windows[i].ManualSync
	}
	return wire.WindowState{Manual: manual, Automated: len(blocking) == 0, Blocking: append([]int{}, blocking...)}, nil
}

// isActive tells whether a window is open. An error is one of its schedule or duration.
func isActive(window wire.SyncWindow, now time.Time) (bool, error) {
	schedule, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(window.Schedule)
	if err != nil {
		return false, fmt.Errorf("cannot parse schedule '%s': %w", window.Schedule, err)
	}
	duration, err := time.ParseDuration(window.Duration)
	if err != nil {
		return false, fmt.Errorf("cannot parse duration '%s': %w", window.Duration, err)
	}
	there := now.Add(time.Duration(window.Offset) * time.Second)
	return schedule.Next(there.Add(-duration)).Before(there), nil
}

// matches tells whether a window is for the Application: by its name, its cluster or its namespace, all that are given when the window
// says so. What none of the three is given for is for no Application.
func matches(window wire.SyncWindow, request wire.SyncWindows) bool {
	given, matched := 0, 0
	count := func(patterns []string, values ...string) {
		if len(patterns) == 0 {
			return
		}
		given++
		if matchesAny(patterns, values) {
			matched++
		}
	}
	count(window.Applications, request.Application)
	count(window.Clusters, nonEmpty(request.Destination.Name, request.Destination.Server)...)
	count(window.Namespaces, request.Destination.Namespace)
	if window.AndOperator {
		return given > 0 && matched == given
	}
	return matched > 0
}

func nonEmpty(values ...string) []string {
	var kept []string
	for _, value := range values {
		if value != "" {
			kept = append(kept, value)
		}
	}
	return kept
}

func matchesAny(patterns, values []string) bool {
	for _, pattern := range patterns {
		compiled, err := glob.Compile(pattern)
		for _, value := range values {
			if pattern == "*" || err == nil && compiled.Match(value) {
				return true
			}
		}
	}
	return false
}
