package argocd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/itchyny/gojq"
	jsonpatch "gopkg.in/evanphx/json-patch.v4"

	"drydock/engine/internal/tree"
	"drydock/engine/internal/wire"
)

// jqTimeout is Argo CD's own limit for one expression (v3.2.11, util/argo/normalizers, DefaultJQExecutionTimeout).
const jqTimeout = time.Second

// Ignore takes the fields out of an object that an Application does not compare, as Argo CD does it (v3.2.11,
// util/argo/normalizers/diff_normalizer.go). The rendering is the object as JSON. An expression that can't be read is an error, as it
// is for the Application; one that fails on this object is a warning, and leaves it as it is.
func Ignore(_ *tree.View, request wire.Pruned) (wire.Rendering, error) {
	data := []byte(request.Object)
	for _, pointer := range request.JSONPointers {
		patch, err := removal(pointer)
		if err != nil {
			return wire.Rendering{}, err
		}
		if without, err := patch.Apply(data); err == nil { // else there is no such field
			data = without
		}
	}
	var warnings []string
	for _, expression := range request.JQPathExpressions {
		code, err := deletion(expression)
		if err != nil {
			return wire.Rendering{}, fmt.Errorf("jqPathExpressions: %s: %w", expression, err)
		}
		without, err := runDeletion(code, data)
		if err != nil {
			warnings = append(warnings, fmt.Sprintf("jqPathExpressions: %s: %v", expression, err))
			continue
		}
		data = without
	}
	return wire.Rendering{YAML: data, Warnings: warnings}, nil
}

func removal(pointer string) (jsonpatch.Patch, error) {
	operations, err := json.Marshal([]map[string]string{{"op": "remove", "path": pointer}})
	if err != nil {
		return nil, err
	}
	return jsonpatch.DecodePatch(operations)
}

func deletion(expression string) (*gojq.Code, error) {
	query, err := gojq.Parse(fmt.Sprintf("del(%s)", expression))
	if err != nil {
		return nil, err
	}
	return gojq.Compile(query)
}

func runDeletion(code *gojq.Code, data []byte) ([]byte, error) {
	var object map[string]any
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), jqTimeout)
	defer cancel()
	results := code.RunWithContext(ctx, object)
	first, ok := results.Next()
	if !ok {
		return nil, errors.New("it gives nothing")
	}
	if err, failed := first.(error); failed {
		return nil, err
	}
	if _, more := results.Next(); more {
		return nil, errors.New("it gives several objects")
	}
	return json.Marshal(first)
}
