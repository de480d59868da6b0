// Each error is Helm's own: a chart is rendered, then what is told of it is compared. One table, however long: a row for each hint and each
// way of finding a place.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openSession, placeIn } from '../../../../test/fixture/session.ts';
import { chartBlames } from './blame.ts';

type Told = readonly [place: string, words: string, hint: string];

/** What Helm refuses in the chart `app/`: where that is told, as `file:line:column <text>`, in which words, with which hint. */
const cases: Readonly<Record<string, readonly [repository: string, told: readonly Told[]]>> = {
  'a name that no release may have': [
    `-- app/Chart.yaml --
apiVersion: v2
name: Bad Name%
version: 1.0.0
-- app/templates/a.yaml --
a: b
`,
    [
      [
        'app/Chart.yaml:2:1 <name>',
        'release name check failed: release name "Bad Name%": invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53',
        'The chart is rendered by its name here: names of releases have lower case letters, digits and `-`.',
      ],
    ],
  ],
  'a value that a sub-chart under an alias requires': [
    `-- app/Chart.yaml --
apiVersion: v2
name: alias
version: 1.0.0
dependencies: [{name: child, version: 1.0.0, alias: kid, repository: "file://../x"}]
-- app/charts/folder/Chart.yaml --
apiVersion: v2
name: child
version: 1.0.0
-- app/charts/folder/templates/_h.tpl --
{{/* x */}}
{{ define "h" }}é {{ required "need q" .Values.q }}{{ end }}
-- app/charts/folder/templates/a.yaml --
x: 1
y: {{ include "h" . }}
`,
    [['app/charts/folder/templates/a.yaml:2:7 <include>', 'need q', '']],
  ],
  'an open action in a sub-chart under an alias': [
    `-- app/Chart.yaml --
apiVersion: v2
name: aliasparse
version: 1.0.0
dependencies: [{name: child, version: 1.0.0, alias: kid, repository: "file://../x"}]
-- app/charts/folder/Chart.yaml --
apiVersion: v2
name: child
version: 1.0.0
-- app/charts/folder/templates/a.yaml --
x: 1
y: {{ .Foo
`,
    [
      [
        'app/charts/folder/templates/a.yaml:2:1 <y: {{ .Foo>',
        'unclosed action started at aliasparse/charts/kid/templates/a.yaml:2',
        'Close the action with `}}`.',
      ],
    ],
  ],
  'dependencies that are no list': [
    `-- app/Chart.yaml --
apiVersion: v2
name: badtype
version: 1.0.0
dependencies: foo
`,
    [
      [
        'app/Chart.yaml:4:1 <dependencies>',
        'cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go struct field Metadata.dependencies of type []*v2.Dependency',
        'The field has a value of another type.',
      ],
    ],
  ],
  'an open comment': [
    `-- app/Chart.yaml --
apiVersion: v2
name: commentonly
version: 1.0.0
-- app/templates/a.yaml --
{{/* x }}
`,
    [['app/templates/a.yaml:1:1 <{{/* x }}>', 'unclosed comment', 'Close what is open here.']],
  ],
  'an end too many': [
    `-- app/Chart.yaml --
apiVersion: v2
name: end
version: 1.0.0
-- app/templates/a.yaml --
a: b
{{ end }}
`,
    [['app/templates/a.yaml:2:1 <{{ end }}>', 'unexpected {{end}}', 'There is an `{{ end }}` too many.']],
  ],
  'a template that includes one of _helpers.tpl': [
    `-- app/Chart.yaml --
apiVersion: v2
name: hpr
version: 1.0.0
-- app/templates/_h.tpl --
{{/* x */}}
{{ define "h" }}é {{ .Values.q.r }}{{ end }}
-- app/templates/a.yaml --
x: 1
y: {{ include "h" . }}
`,
    [
      [
        'app/templates/_h.tpl:2:30',
        'nil pointer evaluating interface {}.r',
        'The value before this field is not set: give it a default in values.yaml, or guard it with `with` or `default`.',
      ],
    ],
  ],
  'a second document that renders to no YAML': [
    `-- app/Chart.yaml --
apiVersion: v2
name: multi
version: 1.0.0
-- app/templates/a.yaml --
# c
a: b
---
a: [
`,
    [
      [
        'app/templates/a.yaml:2:1 <a: b>',
        'YAML parse error on multi/templates/a.yaml: error converting YAML to JSON: yaml: line 1: did not find expected node content',
        'The line is one of what the template renders to, counted in its document, not of the template: look for missing `nindent` or `quote`.',
      ],
    ],
  ],
  'an open quote': [
    `-- app/Chart.yaml --
apiVersion: v2
name: quote
version: 1.0.0
-- app/templates/a.yaml --
a: {{ "abc }}
`,
    [['app/templates/a.yaml:1:1 <a: {{ "abc }}>', 'unterminated quoted string', 'Close what is open here.']],
  ],
  'a field of a value that has none': [
    `-- app/Chart.yaml --
apiVersion: v2
name: range
version: 1.0.0
-- app/templates/a.yaml --
a:
{{- range .Values.list }}
  {{ .name }}
{{- end }}
-- app/values.yaml --
list: [1,2]
`,
    [
      [
        'app/templates/a.yaml:3:6 <.name>',
        "can't evaluate field name in type interface {}",
        'What stands here has no fields: the value is not a mapping with `name`.',
      ],
    ],
  ],
  'values that the schema refuses': [
    `-- app/Chart.yaml --
apiVersion: v2
name: schema1
version: 1.0.0
-- app/values.schema.json --
{"type":"object","required":["zone"],"properties":{"a":{"type":"object","required":["c"],"properties":{"b":{"type":"integer"}}},"port":{"type":"integer"}}}
-- app/values.yaml --
a:
  b: text
port: x
`,
    [
      ['app/values.yaml:1:1 <a:>', "at '': missing property 'zone'", 'values.schema.json asks for that: correct the value.'],
      ['app/values.yaml:1:1 <a>', "at '/a': missing property 'c'", 'values.schema.json asks for that: correct the value.'],
      ['app/values.yaml:2:3 <b>', "at '/a/b': got string, want integer", 'values.schema.json asks for that: correct the value.'],
      ['app/values.yaml:3:1 <port>', "at '/port': got string, want integer", 'values.schema.json asks for that: correct the value.'],
    ],
  ],
  'a schema that is no JSON': [
    `-- app/Chart.yaml --
apiVersion: v2
name: schemabad
version: 1.0.0
-- app/values.schema.json --
{"type": 
-- app/values.yaml --
a: 1
`,
    [['app/values.schema.json:1:1', 'values.schema.json: unexpected EOF', 'Correct values.schema.json.']],
  ],
  'a value that the schema of a sub-chart refuses': [
    `-- app/Chart.yaml --
apiVersion: v2
name: schemasub
version: 1.0.0
-- app/charts/child/Chart.yaml --
apiVersion: v2
name: child
version: 1.0.0
-- app/charts/child/values.schema.json --
{"properties":{"n":{"type":"integer"},"m":{"type":"string"}}}
-- app/charts/child/values.yaml --
m: 7
-- app/values.yaml --
child: {n: text}
`,
    [['app/charts/child/values.yaml:1:1 <m>', "at '/m': got number, want string", 'values.schema.json asks for that: correct the value.']],
  ],
  'a schema that is none': [
    `-- app/Chart.yaml --
apiVersion: v2
name: schematype
version: 1.0.0
-- app/values.schema.json --
{"type": "integr"}
-- app/values.yaml --
a: 1
`,
    [
      [
        'app/values.schema.json:1:1',
        "values.schema.json: \"file:///values.schema.json#\" is not valid against metaschema: jsonschema validation failed with 'https://json-schema.org/draft/2020-12/schema#'\n- at '': 'allOf' failed\n  - at '/type': 'anyOf' failed\n    - at '/type': value must be one of 'array', 'boolean', 'integer', 'null', 'number', 'object', 'string'\n    - at '/type': got string, want array",
        'Correct values.schema.json.',
      ],
    ],
  ],
  'a value that a sub-chart lacks': [
    `-- app/Chart.yaml --
apiVersion: v2
name: sub
version: 1.0.0
-- app/charts/child/Chart.yaml --
apiVersion: v2
name: child
version: 1.0.0
-- app/charts/child/templates/a.yaml --
x: 1
y: {{ .Values.q.r }}
`,
    [
      [
        'app/charts/child/templates/a.yaml:2:7 <.Values.q.r>',
        'nil pointer evaluating interface {}.r',
        'The value before this field is not set: give it a default in values.yaml, or guard it with `with` or `default`.',
      ],
    ],
  ],
  'values of a sub-chart that are no YAML': [
    `-- app/Chart.yaml --
apiVersion: v2
name: sub2
version: 1.0.0
-- app/charts/child/Chart.yaml --
apiVersion: v2
name: child
version: 1.0.0
-- app/charts/child/values.yaml --
a: [
`,
    [
      [
        'app/charts/child/values.yaml:1:1 <a: [>',
        'cannot load values.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 1: did not find expected node content',
        'Correct the YAML there.',
      ],
    ],
  ],
  'values for a sub-chart that are no mapping': [
    `-- app/Chart.yaml --
apiVersion: v2
name: sub3
version: 1.0.0
-- app/charts/child/Chart.yaml --
apiVersion: v2
name: child
version: 1.0.0
-- app/values.yaml --
child: text
`,
    [
      [
        'app/values.yaml:1:1 <child>',
        'type mismatch on child: %!t(string=text)',
        'The values of a sub-chart are a mapping: correct `child`.',
      ],
    ],
  ],
  'an argument of another type': [
    `-- app/Chart.yaml --
apiVersion: v2
name: toyaml
version: 1.0.0
-- app/templates/a.yaml --
x: {{ fromJson 1 }}
`,
    [['app/templates/a.yaml:1:16 <1>', 'expected string; found 1', 'The function takes a value of type string here.']],
  ],
  'a field of Chart.yaml of another type': [
    `-- app/Chart.yaml --
apiVersion: v2
name: unkfield
version: 1.0.0
foo: bar
keywords: a
`,
    [
      [
        'app/Chart.yaml:5:1 <keywords>',
        'cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go struct field Metadata.keywords of type []string',
        'The field has a value of another type.',
      ],
    ],
  ],
  'values that are a list': [
    `-- app/Chart.yaml --
apiVersion: v2
name: valtype
version: 1.0.0
-- app/values.yaml --
- a
`,
    [
      [
        'app/values.yaml:1:1 <- a>',
        'cannot load values.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
        'Values are a mapping of names to values.',
      ],
    ],
  ],
};

describe("Helm's errors come with what to do", () => {
  for (const [name, [repository, expected]] of Object.entries(cases)) {
    test(name, async () => {
      await using opened = await openSession(repository);
      const { root } = opened.fixture;
      const { rendering, view } = opened.session;
      assert.ok(rendering.kind === 'on');
      const chart = `${root}/app`;
      const outcome = await rendering.renders.render({ kind: 'chart', chart, values: '' }, new AbortController().signal);
      const blames = chartBlames(view.graph.snapshot, { kind: 'chart', chart, valueFiles: [] }, outcome?.failure ?? 'it renders');
      assert.deepEqual(
        blames.map(({ place, words, hint = '' }) => [placeIn(view, root, place), words, hint]),
        expected,
      );
    });
  }
});
