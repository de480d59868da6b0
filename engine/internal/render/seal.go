package render

import (
	"errors"
	"net/http"
	"os"
	"strings"
)

// errNotFetched is what every request over the network ends with.
var errNotFetched = errors.New("the engine has no network")

// noGit is how kustomize's git cloner says that it could not even begin.
const noGit = "no 'git' program on path"

// Seal takes from this process what kustomize would reach the outside with. Requests over HTTP go through Go's
// default transport, which is replaced; programs (git for remote bases) are looked up on PATH, which is emptied; Helm, exec
// and container plugins are off in the options of every build. What kustomize prints would stand between the engine's
// messages. It is called once, before the first build.
func Seal() {
	http.DefaultTransport = noNetwork{}
	os.Clearenv()
	os.Stdout, os.Stderr = nil, nil // writing to them fails; crashes still reach standard error
}

type noNetwork struct{}

func (noNetwork) RoundTrip(*http.Request) (*http.Response, error) { return nil, errNotFetched }

// triedOutside tells whether a build ended because it wanted something remote.
func triedOutside(err error) bool {
	message := err.Error()
	return strings.Contains(message, errNotFetched.Error()) || strings.Contains(message, noGit)
}
