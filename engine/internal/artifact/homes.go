package artifact

import (
	"errors"
	"regexp"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// places are the paths of what was put together, in messages.
var places = regexp.MustCompile(regexp.QuoteMeta(folder) + `/[^\s'":,;]+`)

// NameHomes names the files that were copied into an artifact by the paths that people know them by, in a rendering's warnings and trace; and
// gives the error that does. What comes from a file that was merged of several is of unknown origin.
func NameHomes(view *tree.View, rendered *wire.Rendering, err error) error {
	for i, warning := range rendered.Warnings {
		rendered.Warnings[i] = places.ReplaceAllStringFunc(warning, view.Home)
	}
	if rendered.Trace != nil {
		nameOrigins(view, rendered.Trace)
	}
	if err == nil {
		return nil
	}
	if named := places.ReplaceAllStringFunc(err.Error(), view.Home); named != err.Error() {
		return errors.New(named)
	}
	return err
}

// Columns of an origin: wire.Trace.
const (
	originFile   = 1
	originColumn = 3
)

func nameOrigins(view *tree.View, trace *wire.Trace) {
	made := map[int]bool{}
	for i, file := range trace.Files {
		made[i+1] = view.IsMade(file)
		trace.Files[i] = view.Home(file)
	}
	for _, origin := range trace.Origins {
		if len(origin) > originFile && made[origin[originFile]] {
			clear(origin[originFile:min(len(origin), originColumn+1)])
		}
	}
}
