// Functions without a body, of chart_kustomize.go, need an assembly file in the package, even an empty one.
