// Go allows functions without a body, as in applicationset.go, in packages with an assembly file only.
