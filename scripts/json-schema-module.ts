// The library with which Helm checks values against `values.schema.json`, as the engine is built with it: the specification's own
// schemas, which it compiles, are compiled with the first chart that has a schema. Every start of the engine would wait for it.
import type { EditedModule } from './edited-module.ts';

/** The library of JSON schemas. */
export const jsonSchemaModule: EditedModule = {
  name: 'json-schema',
  module: 'github.com/santhosh-tekuri/jsonschema/v6',
  files: /^(?!testdata\/)[^.]*(?<!_test)\.go$|^metaschemas\//,
  added: '',
  removed: [],
  edits: () =>
    Promise.resolve([
      { file: 'draft.go', from: /\t"strings"\n\)/g, to: '\t"strings"\n\t"sync"\n)' },
      {
        file: 'draft.go',
        from: /func init\(\) {\n\tc := NewCompiler\(\)\n/g,
        to: 'var compileDrafts = sync.OnceFunc(compileEachDraft)\n\nfunc compileEachDraft() {\n\tc := newCompiler()\n',
      },
      {
        file: 'compiler.go',
        from: /func NewCompiler\(\) \*Compiler {\n/g,
        to: '$&\tcompileDrafts()\n\treturn newCompiler()\n}\n\nfunc newCompiler() *Compiler {\n',
      },
    ]),
  scripts: ['scripts/json-schema-module.ts'],
};
