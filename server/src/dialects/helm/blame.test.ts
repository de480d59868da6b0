// What is told of each chart in engine/testdata/charts/errors: Helm's own error, taken apart. The same charts are compared with the real Helm in
// test/fidelity. One table, however long.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { chartBlames } from './blame.ts';
import { placeIn, sessionOn, testdata } from '../../../../test/fixture/session.ts';

/** By chart; places as `file:line:column <text>`. */
const expected: Readonly<Record<string, readonly Expected[]>> = {
  'bad-chart-yaml': [
    {
      place: 'bad-chart-yaml/Chart.yaml:1:1 <name: [>',
      words: 'cannot load Chart.yaml: error converting YAML to JSON: yaml: line 1: did not find expected node content',
      hint: 'Correct the YAML there.',
      cause: 'source',
      way: [],
    },
  ],
  'bad-child': [
    {
      place: 'bad-child/charts/child/Chart.yaml:1:1 <version: 1.0.0>',
      words: 'validation: chart.metadata.name is required',
      hint: 'Add the field to Chart.yaml.',
      cause: 'source',
      way: [],
    },
  ],
  'bad-helmignore': [
    {
      place: 'bad-helmignore/.helmignore:1:1',
      words: 'double-star (**) syntax is not supported',
      hint: 'Helm knows no `**` in .helmignore: write `*` for one level.',
      cause: 'source',
      way: [],
    },
  ],
  'bad-package': [
    {
      place: 'bad-package/Chart.yaml:1:1 <apiVersion: v2>',
      words: 'charts/child.tgz: gzip: invalid header',
      hint: 'It is no packaged chart: fetch it again with `helm dependency build`.',
      cause: 'source',
      way: [],
    },
  ],
  'bad-values': [
    {
      place: 'bad-values/values.yaml:1:1 <a: [>',
      words:
        'cannot load values.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 1: did not find expected node content',
      hint: 'Correct the YAML there.',
      cause: 'source',
      way: [],
    },
  ],
  'bad-version': [
    {
      place: 'bad-version/Chart.yaml:3:1 <version>',
      words: 'validation: chart.metadata.version "one" is invalid',
      hint: 'Write a semantic version, such as 1.2.3.',
      cause: 'source',
      way: [],
    },
  ],
  'chart-version-3': [
    {
      place: 'chart-version-3/Chart.yaml:1:1 <apiVersion>',
      words: 'invalid chart apiVersion',
      hint: 'Write `apiVersion: v2`.',
      cause: 'source',
      way: [],
    },
  ],
  'chart-version-9': [
    {
      place: 'chart-version-9/Chart.yaml:1:1 <apiVersion>',
      words: 'unsupported chart version',
      hint: 'Write `apiVersion: v2`.',
      cause: 'source',
      way: [],
    },
  ],
  'duplicate-dependency': [
    {
      place: 'duplicate-dependency/Chart.yaml:4:54 <child>',
      words: 'validation: more than one dependency with name or alias "child"',
      hint: 'Give one of them an `alias` of its own.',
      cause: 'source',
      way: [],
    },
  ],
  fail: [{ place: 'fail/templates/a.yaml:1:4 <fail>', words: 'stop here', hint: '', cause: 'values', way: [] }],
  'file-among-charts': [
    {
      place: 'file-among-charts/Chart.yaml:1:1 <apiVersion: v2>',
      words: 'charts/README.md: Chart.yaml file is missing',
      hint: 'A chart is a folder or package with a Chart.yaml in it.',
      cause: 'source',
      way: [],
    },
  ],
  'kube-version': [
    {
      place: 'kube-version/Chart.yaml:4:1 <kubeVersion>',
      words: 'chart requires kubeVersion: >=9.0.0 which is incompatible with Kubernetes v1.36.0',
      hint: 'The Kubernetes version that is rendered for is the setting `drydock.helm.kubeVersion`.',
      cause: 'source',
      way: [],
    },
  ],
  'library-itself': [
    {
      place: 'library-itself/Chart.yaml:4:1 <type>',
      words: 'library charts are not installable',
      hint: 'A library is rendered by the charts that depend on it.',
      cause: 'source',
      way: [],
    },
  ],
  'missing-dependency': [
    {
      place: 'missing-dependency/Chart.yaml:4:53 <gone>',
      words: 'found in Chart.yaml, but missing in charts/ directory: gone, away',
      hint: 'Fetch it with `helm dependency build`, or put the chart below charts/.',
      cause: 'source',
      way: [],
    },
    {
      place: 'missing-dependency/Chart.yaml:4:83 <away>',
      words: 'found in Chart.yaml, but missing in charts/ directory: gone, away',
      hint: 'Fetch it with `helm dependency build`, or put the chart below charts/.',
      cause: 'source',
      way: [],
    },
  ],
  'missing-include': [
    {
      place: 'missing-include/templates/a.yaml:1:7 <include "nobody" .>',
      words: 'no template "nobody" associated with template "gotpl"',
      hint: 'Nothing defines "nobody": correct the name, or add `{{ define "nobody" }}` to templates/_helpers.tpl.',
      cause: 'source',
      way: [],
    },
  ],
  'missing-template': [
    {
      place: 'missing-template/templates/a.yaml:1:16 <"nobody">',
      words: 'template "nobody" not defined',
      hint: 'Nothing defines "nobody": correct the name, or add `{{ define "nobody" }}` to templates/_helpers.tpl.',
      cause: 'source',
      way: [],
    },
  ],
  nameless: [
    {
      place: 'nameless/Chart.yaml:1:1 <apiVersion: v2>',
      words: 'validation: chart.metadata.name is required',
      hint: 'Add the field to Chart.yaml.',
      cause: 'source',
      way: [],
    },
  ],
  'nil-in-include': [
    {
      place: 'nil-in-include/templates/a.yaml:2:22 <.Values.a.b.c>',
      words: 'nil pointer evaluating interface {}.b',
      hint: 'The value before this field is not set: give it a default in values.yaml, or guard it with `with` or `default`.',
      cause: 'values',
      way: ['nil-in-include/templates/a.yaml:3:7 <include "one" .>', 'nil-in-include/templates/a.yaml:1:22 <include "two" .>'],
    },
  ],
  'nil-pointer': [
    {
      place: 'nil-pointer/templates/a.yaml:2:7 <.Values.not.there.at.all>',
      words: 'nil pointer evaluating interface {}.there',
      hint: 'The value before this field is not set: give it a default in values.yaml, or guard it with `with` or `default`.',
      cause: 'values',
      way: [],
    },
  ],
  'no-chart-yaml': [],
  'no-version': [
    {
      place: 'no-version/Chart.yaml:1:1 <apiVersion: v2>',
      words: 'validation: chart.metadata.version is required',
      hint: 'Add the field to Chart.yaml.',
      cause: 'source',
      way: [],
    },
  ],
  'not-an-object': [
    {
      place: 'not-an-object/templates/a.yaml:1:1 <- a>',
      words:
        'YAML parse error on not-an-object/templates/a.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type util.SimpleHead',
      hint: 'Each document of what a template renders to is a mapping: an object with `apiVersion` and `kind`.',
      cause: 'values',
      way: [],
    },
  ],
  'not-yaml': [
    {
      place: 'not-yaml/templates/a.yaml:2:2 <c: d>',
      words:
        'YAML parse error on not-yaml/templates/a.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
      hint: 'The line is one of what the template renders to, counted in its document, not of the template: look for missing `nindent` or `quote`.',
      cause: 'source',
      way: [],
    },
  ],
  'other-type': [
    {
      place: 'other-type/Chart.yaml:4:1 <type>',
      words: 'validation: chart.metadata.type must be application or library',
      hint: 'Write `type: application`, or leave it out.',
      cause: 'source',
      way: [],
    },
  ],
  recursion: [
    {
      place: 'recursion/templates/a.yaml:1:24 <include "again" .>',
      words: 'rendering template has a nested reference name: again: unable to execute template',
      hint: 'A template includes itself without an end.',
      cause: 'source',
      way: ['recursion/templates/a.yaml:1:56 <include "again" .>'],
    },
  ],
  required: [{ place: 'required/templates/a.yaml:2:9 <required>', words: 'a.b is needed: set it', hint: '', cause: 'values', way: [] }],
  tpl: [
    {
      place: 'tpl/templates/a.yaml:1:7 <tpl "{{ .Values.x.y.z }}" .>',
      words: 'nil pointer evaluating interface {}.y',
      hint: 'The value before this field is not set: give it a default in values.yaml, or guard it with `with` or `default`.',
      cause: 'values',
      way: [],
    },
  ],
  'tpl-parse': [
    {
      place: 'tpl-parse/templates/a.yaml:1:7 <tpl "{{ if }}" .>',
      words: 'cannot parse template "{{ if }}": template: gotpl:1: missing value for if',
      hint: '',
      cause: 'source',
      way: [],
    },
  ],
  unclosed: [
    {
      place: 'unclosed/templates/a.yaml:2:1 <a: b>',
      words: 'unexpected EOF',
      hint: 'An `if`, `with`, `range` or `define` has no `{{ end }}`.',
      cause: 'source',
      way: [],
    },
  ],
  'unknown-function': [
    {
      place: 'unknown-function/templates/a.yaml:1:7 <nonsense>',
      words: 'function "nonsense" not defined',
      hint: 'Helm has no function `nonsense`: correct its name, or quote the text.',
      cause: 'source',
      way: [],
    },
  ],
  'wrong-arguments': [
    {
      place: 'wrong-arguments/templates/a.yaml:1:13 <"x">',
      words: 'expected integer; found "x"',
      hint: 'The function takes a value of type integer here.',
      cause: 'values',
      way: [],
    },
  ],
};

interface Expected {
  readonly place: string;
  readonly words: string;
  readonly hint: string;
  readonly cause: 'source' | 'values';
  readonly way: readonly string[];
}

// With its own values, or as `helm template` is called, nothing is wrong with these.
const rendering = ['bad-values-file', 'import-values', 'parse'];

test("every failing chart of the engine is blamed at its place, in Helm's innermost words", async () => {
  await using opened = await sessionOn(testdata);
  const { root, session } = opened;
  const { view } = session;
  assert.ok(session.rendering.kind === 'on');
  const errors = `${root}/charts/errors`;
  const told: Record<string, readonly Expected[]> = {};
  for (const name of readdirSync(`${testdata}/charts/errors`).sort()) {
    const chart = `${errors}/${name}`;
    const outcome = await session.rendering.renders.render({ kind: 'chart', chart, values: '' }, new AbortController().signal);
    if (outcome?.failure === undefined) {
      assert.ok(rendering.includes(name), name);
      continue;
    }
    told[name] = chartBlames(view.graph.snapshot, { kind: 'chart', chart, valueFiles: [] }, outcome.failure).map(
      ({ place, words, hint = '', cause, way }) => ({
        place: placeIn(view, errors, place),
        words,
        hint,
        cause,
        way: way.map((step) => placeIn(view, errors, step)),
      }),
    );
  }
  assert.deepEqual(told, expected);
});
