// What is told of each kustomization in engine/testdata/cases/errors: kustomize's own error, taken apart. The same folders are compared with
// the real kustomize in test/fidelity.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { kustomizationBlame } from './blame.ts';
import { placeIn, sessionOn, testdata } from '../../../../test/fixture/session.ts';

/** By folder: the place, as `file:line:column <text>`, kustomize's words, the hint. */
const expected: Readonly<Record<string, readonly [place: string, words: string, hint: string]>> = {
  'absolute-entry': [
    'absolute-entry/kustomization.yaml:1:13 </no/such/absolute/folder>',
    "new root '/no/such/absolute/folder' cannot be absolute",
    'Write the path from the folder of this kustomization.',
  ],
  'ambiguous-entry': [
    'ambiguous-entry/kustomization.yaml:2:5 <../../other-names/Kustomization\n   - ../../components/base>',
    'path "../../other-names/Kustomization - ../../components/base" is ambiguous: resolves to "../../other-names/components/base" after normalization, which is likely not the intended target; check for YAML indentation errors in your kustomization file',
    'Two entries ran together: align the dashes of the list.',
  ],
  'bad-json-patch': [
    'bad-json-patch/kustomization.yaml:6:15 </spec/none>',
    'replace operation does not apply: doc is missing path: /spec/none: missing value',
    'The target has nothing at this path: correct it, or make what is missing with `op: add`.',
  ],
  'comment-only': [
    'comment-only/kustomization.yaml:1:1 <# nothing yet>',
    'kustomization.yaml is empty',
    'Give it something to build, such as `resources`.',
  ],
  'component-as-resource': [
    'component-as-resource/kustomization.yaml:1:13 <../../components/components/tls>',
    "expected kind != 'Component' for path 'cases/components/components/tls'",
    'Move the entry from `resources` to `components`.',
  ],
  'container-plugin': [
    'container-plugin/kustomization.yaml:1:1 <generators>',
    "external plugins disabled; unable to load external plugin 'Maker'",
    'Exec and container plug-ins are programs, and Drydock runs none.',
  ],
  'cycle/a': [
    'cycle/b/kustomization.yaml:1:13 <../a>',
    "cycle detected: candidate root 'cases/errors/cycle/a' contains visited root 'cases/errors/cycle/a'",
    'Remove the entry: it leads back to a folder that is being built, or to one around it.',
  ],
  'cycle/b': [
    'cycle/a/kustomization.yaml:1:13 <../b>',
    "cycle detected: candidate root 'cases/errors/cycle/b' contains visited root 'cases/errors/cycle/b'",
    'Remove the entry: it leads back to a folder that is being built, or to one around it.',
  ],
  'duplicate-keys': [
    'duplicate-keys/duplicate.yaml:6:3 <a: "2">',
    'line 6: mapping key "a" already defined at line 5',
    'Keep one of the two.',
  ],
  'duplicate-resource': [
    'duplicate-resource/kustomization.yaml:1:23 <two.yaml>',
    'may not add resource with an already registered id: ConfigMap.v1.[noGrp]/same.[noNs]',
    'The object is declared twice: remove one of them, or make it a patch.',
  ],
  'empty-file': ['empty-file/kustomization.yaml:1:1 <>', 'kustomization.yaml is empty', 'Give it something to build, such as `resources`.'],
  'exec-plugin': [
    'exec-plugin/kustomization.yaml:1:1 <transformers>',
    "external plugins disabled; unable to load external plugin 'Rewriter'",
    'Exec and container plug-ins are programs, and Drydock runs none.',
  ],
  'file-as-folder': [
    'file-as-folder/kustomization.yaml:1:13 <config.yaml/inner>',
    "evalsymlink failure on 'cases/errors/file-as-folder/config.yaml/inner' : not a directory",
    'Name a folder here: a file is in its place.',
  ],
  'folder-as-file': [
    'folder-as-file/kustomization.yaml:4:13 <data>',
    "'cases/errors/folder-as-file/data' must resolve to a file",
    'Name a file here: this is a folder.',
  ],
  'helm-chart': ['helm-chart/kustomization.yaml:1:1 <helmCharts>', 'must specify --enable-helm', ''],
  'invalid-kustomization': [
    'invalid-kustomization/kustomization.yaml:1:1 <resources: [a.yaml>',
    "invalid Kustomization: yaml: line 1: did not find expected ',' or ']'",
    'Correct the YAML there.',
  ],
  'invalid-openapi': [
    'invalid-openapi/kustomization.yaml:1:1 <openapi>',
    'kustomize crashed on this input: invalid schema file: json: cannot unmarshal JSON array into Go spec.Definitions within "/definitions"',
    'Correct the file that `openapi.path` names: an OpenAPI document with `definitions`.',
  ],
  'invalid-yaml': [
    'invalid-yaml/broken.yaml:4:3 <name: broken>',
    'MalformedYAMLError: yaml: line 4: found a tab character that violates indentation in File: broken.yaml',
    'Indent with spaces: YAML allows no tabs there.',
  ],
  'load-restriction': [
    'load-restriction/kustomization.yaml:1:13 <../../other-names/Kustomization/config.yaml>',
    "security; file 'cases/other-names/Kustomization/config.yaml' is not in or below 'cases/errors/load-restriction'",
    'Move the file below this folder, or name a folder with a kustomization that holds it. `drydock.render.loadRestrictor` is the setting for controllers that allow it.',
  ],
  'merge-without-base': [
    'merge-without-base/kustomization.yaml:2:11 <settings>',
    'id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"ConfigMap", isClusterScoped:false}, Name:"settings", Namespace:""} does not exist; cannot merge or replace',
    'Nothing of this name and namespace is generated below: correct the name, or leave `behavior` out.',
  ],
  'missing-component': [
    'missing-component/kustomization.yaml:1:14 <../nowhere>',
    'lstat cases/errors/nowhere: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'missing-folder': [
    'missing-folder/kustomization.yaml:1:13 <../no/such/folder>',
    'lstat cases/errors/no: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'missing-patch': [
    'missing-patch/kustomization.yaml:2:18 <gone.yaml>',
    'lstat cases/errors/missing-patch/gone.yaml: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'missing-resource': [
    'missing-resource/kustomization.yaml:1:13 <there-is-no-such.yaml>',
    'lstat cases/errors/missing-resource/there-is-no-such.yaml: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'no-fields': [
    'no-fields/kustomization.yaml:1:1 <apiVersion: kustomize.config.k8s.io/v1beta1>',
    'kustomization.yaml is empty',
    'Give it something to build, such as `resources`.',
  ],
  'no-name': [
    'no-name/nameless.yaml:2:1 <kind>',
    'missing metadata.name in object {{v1 ConfigMap} {{ } map[a:b] map[]}}',
    'Give the object a `metadata.name`.',
  ],
  'not-a-resource': [
    'not-a-resource/kustomization.yaml:1:13 <values.yaml>',
    'missing Resource metadata',
    'Resources are Kubernetes objects. Other files are for generators, patches and values.',
  ],
  'parent/child': [
    'parent/child/kustomization.yaml:1:13 <..>',
    "cycle detected: candidate root 'cases/errors/parent' contains visited root 'cases/errors/parent/child'",
    'Remove the entry: it leads back to a folder that is being built, or to one around it.',
  ],
  'patch-without-match': [
    'patch-without-match/kustomization.yaml:3:5 <patch>',
    'no resource matches strategic merge patch "ConfigMap.v1.[noGrp]/another.[noNs]": no matches for Id ConfigMap.v1.[noGrp]/another.[noNs]; failed to find unique target for patch ConfigMap.v1.[noGrp]/another.[noNs]',
    'No resource has this kind, name and namespace: correct the metadata of the patch, or select resources with `target`.',
  ],
  'replacement-without-source': [
    'replacement-without-source/kustomization.yaml:3:34 <none>',
    'nothing selected by Secret.[noVer].[noGrp]/none.[noNs]',
    'No resource fits `source`: correct its kind, name and namespace, which are those before prefixes and suffixes.',
  ],
  'resource-as-component': [
    'resource-as-component/kustomization.yaml:1:14 <../../components/base>',
    "expected kind 'Component' for path 'cases/components/base' but got 'Kustomization'",
    'Move the entry from `components` to `resources`.',
  ],
  self: [
    'self/kustomization.yaml:1:13 <.>',
    "cycle detected: candidate root 'cases/errors/self' contains visited root 'cases/errors/self'",
    'Remove the entry: it leads back to a folder that is being built, or to one around it.',
  ],
  'two-kustomizations': [
    'two-kustomizations/kustomization.yaml:1:1 <commonLabels: {a: b}>',
    'Found multiple kustomization files under: cases/errors/two-kustomizations',
    'Keep one of them: kustomize accepts one kustomization in a folder.',
  ],
  'unknown-field': [
    'unknown-field/kustomization.yaml:1:1 <resource>',
    'invalid Kustomization: json: unknown field "resource"',
    'Kustomizations have no field `resource`: correct its name, or remove it.',
  ],
  'wrong-type': [
    'wrong-type/kustomization.yaml:1:1 <resources>',
    'invalid Kustomization: json: cannot unmarshal string into Go struct field Kustomization.resources of type []string',
    'Write a list there.',
  ],
  'wrong-version': [
    'wrong-version/kustomization.yaml:1:1 <apiVersion>',
    'apiVersion for Kustomization should be kustomize.config.k8s.io/v1beta1',
    'Write `apiVersion: kustomize.config.k8s.io/v1beta1`.',
  ],
};

test("every failing case of the engine is blamed at its place, in kustomize's innermost words", async () => {
  await using opened = await sessionOn(testdata);
  const { root, session } = opened;
  const { rendering, view } = session;
  assert.ok(rendering.kind === 'on');
  const errors = `${root}/cases/errors`;
  const told: Record<string, readonly string[]> = {};
  for (const { directory } of view.graph.kustomizations().filter((each) => each.directory.startsWith(`${errors}/`))) {
    const outcome = await rendering.renders.render({ kind: 'kustomization', directory }, new AbortController().signal);
    const blame = kustomizationBlame(view.graph, directory, outcome?.failure ?? 'it renders');
    if (!blame) continue;
    const { place, words, hint = '' } = blame;
    told[directory.slice(errors.length + 1)] = [placeIn(view, errors, place), ofGo(words.replaceAll(`${root}/`, '')), hint];
  }
  assert.deepEqual(told, expected);
  const known = new Set(Object.keys(expected).map((name) => name.replace(/\/.*/, '')));
  assert.deepEqual([...known].sort(), readdirSync(`${testdata}/cases/errors`).sort());
});

// Go's JSON package chooses one of the two by chance when a process starts.
function ofGo(words: string): string {
  return words.replaceAll('json: unable to ', 'json: cannot ');
}
