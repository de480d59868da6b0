// Command argocd-oracle answers what Argo CD itself makes of its input, with Argo CD's own code and without any of its servers.
// Each subcommand reads JSON from standard input and prints JSON.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/sirupsen/logrus"
)

// subcommands turn what standard input holds into what is printed.
var subcommands = map[string]func(input []byte) (any, error){
	"applicationset": applicationSets,
	"manifests":      manifests,
}

func main() {
	logrus.SetOutput(io.Discard)
	if err := answer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer() error {
	if len(os.Args) != 2 || subcommands[os.Args[1]] == nil {
		return fmt.Errorf("usage: argocd-oracle applicationset|manifests < input.json")
	}
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	output, err := subcommands[os.Args[1]](input)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(output)
}
