// Each error is kustomize's own: a repository is rendered, then what is told of it is compared. One table, however long: a row for each hint
// and each way of finding a place.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openSession, placeIn } from '../../../../test/fixture/session.ts';
import { kustomizationBlame } from './blame.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "1"}\n';

/** What kustomize refuses in `app/`: where that is told, as `file:line:column <text>`, in which words, with which hint. */
const cases: Readonly<Record<string, readonly [repository: string, place: string, words: string, hint: string]>> = {
  'bad env': [
    `-- app/kustomization.yaml --
configMapGenerator:
  - name: a
    envs: [gone.env]
`,
    'app/kustomization.yaml:3:12 <gone.env>',
    'lstat gone.env: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'bad file source': [
    `-- app/kustomization.yaml --
configMapGenerator:
  - name: a
    files: [a=b=c]
`,
    'app/kustomization.yaml:3:13 <a=b=c>',
    'source "a=b=c" key name or file path contains \'=\'',
    'Write it as `path` or `key=path`.',
  ],
  'base twice': [
    `-- app/kustomization.yaml --
resources: [one, two]
-- app/one/a.yaml --
${configMap}-- app/one/kustomization.yaml --
resources: [a.yaml]
-- app/two/a.yaml --
${configMap}-- app/two/kustomization.yaml --
resources: [a.yaml]
`,
    'app/kustomization.yaml:1:18 <two>',
    'may not add resource with an already registered id: ConfigMap.v1.[noGrp]/a.[noNs]',
    'The object is declared twice: remove one of them, or make it a patch.',
  ],
  'component version': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Component
resources: [a.yaml]
`,
    'app/kustomization.yaml:1:1 <apiVersion>',
    'apiVersion for Component should be kustomize.config.k8s.io/v1alpha1',
    'Write `apiVersion: kustomize.config.k8s.io/v1alpha1`.',
  ],
  configurations: [
    `-- app/a.yaml --
${configMap}-- app/c.yaml --
namePrefix: wrong
-- app/kustomization.yaml --
resources: [a.yaml]
configurations: [c.yaml]
`,
    'app/kustomization.yaml:2:1 <configurations>',
    'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go struct field TransformerConfig.namePrefix of type types.FsSlice',
    'Write a list there.',
  ],
  crds: [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
crds: [gone.json]
`,
    'app/kustomization.yaml:2:8 <gone.json>',
    'lstat gone.json: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'create existing': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
configMapGenerator:
  - name: a
    literals: [x=1]
    options: {disableNameSuffixHash: true}
`,
    'app/kustomization.yaml:3:11 <a>',
    'id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"ConfigMap", isClusterScoped:false}, Name:"a", Namespace:""} exists; can not use behavior: \'unspecified\', behavior must be merge or replace',
    'It is generated below already: set `behavior: merge` or `replace`, or take another name.',
  ],
  'empty item': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources:
  - a.yaml
  -
`,
    'app/kustomization.yaml:1:1 <resources>',
    'new root cannot be empty',
    'Remove the empty entry.',
  ],
  'generated twice': [
    `-- app/base/kustomization.yaml --
configMapGenerator:
  - name: a
    literals: [x=1]
-- app/kustomization.yaml --
resources: [base]
configMapGenerator:
  - name: a
    literals: [x=1]
`,
    'app/kustomization.yaml:3:11 <a>',
    'id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"ConfigMap", isClusterScoped:false}, Name:"a", Namespace:""} exists; can not use behavior: \'unspecified\', behavior must be merge or replace',
    'It is generated below already: set `behavior: merge` or `replace`, or take another name.',
  ],
  'image type': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
images:
  - name: a
    newTag: 1.2
`,
    'app/kustomization.yaml:2:1 <images>',
    'invalid Kustomization: json: cannot unmarshal number into Go struct field Image.images.newTag of type string',
    'Write a text there, in quotes where it looks like a number.',
  ],
  'images map': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
images: {name: a}
`,
    'app/kustomization.yaml:2:1 <images>',
    'invalid Kustomization: json: cannot unmarshal object into Go struct field Kustomization.images of type []types.Image',
    'Write a list there.',
  ],
  'json patch without target': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
patches:
  - patch: |-
      - {op: add, path: /data/b, value: c}
`,
    'app/kustomization.yaml:2:1 <patches>',
    'must specify a target for JSON patch [patch: "- {op: add, path: /data/b, value: c}"]',
    'Give the entry a `target`: a JSON patch does not say what it changes.',
  ],
  'json resource': [
    `-- app/a.json --
{"apiVersion": "v1", "kind": 
-- app/kustomization.yaml --
resources: [a.json]
`,
    'app/kustomization.yaml:1:13 <a.json>',
    'MalformedYAMLError: yaml: line 1: did not find expected node content in File: a.json',
    'Correct the YAML there.',
  ],
  'key twice': [
    `-- app/kustomization.yaml --
configMapGenerator:
  - name: a
    literals: [x=1, x=2]
`,
    'app/kustomization.yaml:2:11 <a>',
    'configmap a illegally repeats the key `x`',
    'Keep one of the values of this key.',
  ],
  kindless: [
    `-- app/a.yaml --
apiVersion: v1
metadata: {name: a}
-- app/kustomization.yaml --
resources: [a.yaml]
`,
    'app/kustomization.yaml:1:13 <a.yaml>',
    'missing kind in object {{v1 } {{a } map[] map[]}}',
    'Give the object an `apiVersion` and a `kind`.',
  ],
  'legacy smp': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
patchesStrategicMerge: [gone.yaml]
`,
    'app/kustomization.yaml:2:25 <gone.yaml>',
    'lstat gone.yaml: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'list file': [
    `-- app/a.yaml --
- a
- b
-- app/kustomization.yaml --
resources: [a.yaml]
`,
    'app/kustomization.yaml:1:13 <a.yaml>',
    'missing Resource metadata',
    'Resources are Kubernetes objects. Other files are for generators, patches and values.',
  ],
  'nameless generator': [
    `-- app/kustomization.yaml --
configMapGenerator:
  - literals: [x=1]
`,
    'app/kustomization.yaml:1:1 <configMapGenerator>',
    'a configmap must have a name',
    'Give the generator a `name`.',
  ],
  'namespace conflict': [
    `-- app/a.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: one}
data: {x: "1"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: two}
data: {x: "1"}
-- app/kustomization.yaml --
resources: [a.yaml]
namespace: x
`,
    'app/kustomization.yaml:2:1 <namespace>',
    'namespace transformation produces ID conflict: [{"apiVersion":"v1","data":{"x":"1"},"kind":"ConfigMap","metadata":{"annotations":{"internal.config.kubernetes.io/previousKinds":"ConfigMap","internal.config.kubernetes.io/previousNames":"a","internal.config.kubernetes.io/previousNamespaces":"one"},"name":"a","namespace":"x"}} {"apiVersion":"v1","data":{"x":"1"},"kind":"ConfigMap","metadata":{"annotations":{"internal.config.kubernetes.io/previousKinds":"ConfigMap","internal.config.kubernetes.io/previousNames":"a","internal.config.kubernetes.io/previousNamespaces":"two"},"name":"a","namespace":"x"}}]',
    'Two objects of one kind and name end in one namespace: rename one, or build them apart.',
  ],
  'neither patch nor path': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
patches:
  - target: {kind: ConfigMap}
`,
    'app/kustomization.yaml:2:1 <patches>',
    'must specify one of patch and path',
    'Give the entry a `patch` or a `path`.',
  ],
  'nested components': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
components: [one]
-- app/one/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
components: [../two]
-- app/two/kustomization.yaml --
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches: [{path: "gone.yaml"}]
`,
    'app/two/kustomization.yaml:3:18 <"gone.yaml">',
    'lstat two/gone.yaml: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'no select': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
replacements:
  - source: {kind: ConfigMap, name: a, fieldPath: data.x}
    targets: [{fieldPaths: [data.gone]}]
`,
    'app/kustomization.yaml:2:1 <replacements>',
    'target must specify resources to select',
    'Give the target a `select`.',
  ],
  'no targets': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
replacements:
  - source: {kind: ConfigMap, name: a, fieldPath: data.x}
`,
    'app/kustomization.yaml:2:1 <replacements>',
    'replacements must specify a source and at least one target',
    'Give the replacement a `source` and `targets`.',
  ],
  'op without path': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
patches:
  - target: {kind: ConfigMap}
    patch: |-
      - {op: add, value: c}
`,
    'app/kustomization.yaml:2:1 <patches>',
    'add operation failed to decode path: missing value',
    'A JSON patch operation has an `op` (add, remove, replace, move, copy, test), a `path`, and mostly a `value`.',
  ],
  'openapi missing': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
openapi: {path: gone.json}
`,
    'app/kustomization.yaml:2:17 <gone.json>',
    'lstat gone.json: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'openapi version': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
openapi: {version: v9}
`,
    'app/kustomization.yaml:2:1 <openapi>',
    'the specified OpenAPI version is not built in',
    'Leave `openapi.version` out, or name a schema of your own by `openapi.path`.',
  ],
  'patch and path': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
patches:
  - path: p.yaml
    patch: "{}"
-- app/p.yaml --
${configMap}`,
    'app/kustomization.yaml:3:11 <p.yaml>',
    "patch and path can't be set at the same time",
    'Keep `patch` or `path`, not both.',
  ],
  'patch delete missing': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
patches:
  - target: {kind: ConfigMap}
    patch: |-
      - {op: test, path: /data/x, value: "2"}
`,
    'app/kustomization.yaml:5:26 </data/x>',
    'testing value /data/x failed: test failed',
    'The target has another value there than `op: test` asks for.',
  ],
  regexp: [
    `-- app/a.yaml --
${configMap}---
apiVersion: v1
kind: ConfigMap
metadata: {name: b}
data: {x: "1"}
-- app/kustomization.yaml --
resources: [a.yaml]
patches:
  - target: {kind: ConfigMap, name: "["}
    patch: |-
      - {op: add, path: /data/b, value: c}
`,
    'app/kustomization.yaml:2:1 <patches>',
    'error parsing regexp: missing closing ]: `[)$`',
    'Names in `target` are regular expressions: correct this one.',
  ],
  'replacement file': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
replacements: [{path: gone.yaml}]
`,
    'app/kustomization.yaml:2:23 <gone.yaml>',
    'lstat gone.yaml: no such file or directory',
    'Create what is named there, or correct the path, which counts from the folder of its kustomization.',
  ],
  'replicas type': [
    `-- app/a.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 1}
-- app/kustomization.yaml --
resources: [a.yaml]
replicas: [{name: web, count: many}]
`,
    'app/kustomization.yaml:2:1 <replicas>',
    'invalid Kustomization: json: cannot unmarshal string into Go struct field Replica.replicas.count of type int64',
    'Write a whole number there.',
  ],
  'smp wrong type': [
    `-- app/a.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 1}
-- app/kustomization.yaml --
resources: [a.yaml]
patches: [{path: p.yaml}]
-- app/p.yaml --
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: wrong
`,
    'app/kustomization.yaml:2:1 <patches>',
    'wrong node kind: expected MappingNode but got ScalarNode: node contents:\nwrong',
    'Give the patch the shape of the object that it changes: a field has a value of another type there.',
  ],
  sort: [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
sortOptions: {order: wrong}
`,
    'app/kustomization.yaml:2:1 <sortOptions>',
    "the field 'sortOptions.order' must be one of [fifo, legacy]",
    'Correct `sortOptions.order`.',
  ],
  'source field': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
replacements:
  - source: {kind: ConfigMap, name: a, fieldPath: data.gone}
    targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]
`,
    'app/kustomization.yaml:3:37 <a>',
    'fieldPath `data.gone` is missing for replacement source ConfigMap.[noVer].[noGrp]/a.[noNs]',
    'The source has no such field: correct `source.fieldPath`.',
  ],
  'source many': [
    `-- app/a.yaml --
${configMap}---
apiVersion: v1
kind: ConfigMap
metadata: {name: b}
data: {x: "1"}
-- app/kustomization.yaml --
resources: [a.yaml]
replacements:
  - source: {kind: ConfigMap}
    targets: [{select: {kind: ConfigMap}, fieldPaths: [data.y]}]
`,
    'app/kustomization.yaml:2:1 <replacements>',
    'multiple matches for selector ConfigMap.[noVer].[noGrp]/[noName].[noNs]',
    'More than one resource fits `source`: add its name or namespace.',
  ],
  'target field': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
replacements:
  - source: {kind: ConfigMap, name: a, fieldPath: data.x}
    targets: [{select: {kind: ConfigMap}, fieldPaths: [data.gone]}]
`,
    'app/kustomization.yaml:4:56 <data.gone>',
    'unable to find field "data.gone" in replacement target',
    'The target has no such field: correct `fieldPaths`, or set `options.create: true`.',
  ],
  'transformer file': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
transformers: [t.yaml]
-- app/t.yaml --
apiVersion: builtin
kind: NamespaceTransformer
metadata: {name: t}
fieldSpecs: wrong
`,
    'app/kustomization.yaml:2:1 <transformers>',
    'plugin NamespaceTransformer.builtin.[noGrp]/t.[noNs] fails configuration: unmarshalling NamespaceTransformer config: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go struct field NamespaceTransformerPlugin.fieldSpecs of type []types.FieldSpec',
    'Write a list there.',
  ],
  'two patches with target': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
patches:
  - path: p.yaml
    target: {kind: ConfigMap}
-- app/p.yaml --
${configMap}---
${configMap}`,
    'app/kustomization.yaml:3:11 <p.yaml>',
    'Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field: [path: "p.yaml"]',
    'Put one patch in each entry, or leave `target` out.',
  ],
  'unknown op': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
patches:
  - target: {kind: ConfigMap}
    patch: |-
      - {op: put, path: /data/b, value: c}
`,
    'app/kustomization.yaml:2:1 <patches>',
    'Unexpected kind: put',
    'A JSON patch operation has an `op` (add, remove, replace, move, copy, test), a `path`, and mostly a `value`.',
  ],
  validator: [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
validators: [v.yaml]
-- app/v.yaml --
apiVersion: example.com/v1
kind: V
metadata: {name: v}
`,
    'app/kustomization.yaml:2:1 <validators>',
    "external plugins disabled; unable to load external plugin 'V'",
    'Exec and container plug-ins are programs, and Drydock runs none.',
  ],
  'var twice': [
    `-- app/a.yaml --
${configMap}-- app/kustomization.yaml --
resources: [a.yaml]
vars:
  - {name: A, objref: {kind: ConfigMap, name: a, apiVersion: v1}}
  - {name: A, objref: {kind: ConfigMap, name: a, apiVersion: v1}}
`,
    'app/kustomization.yaml:3:12 <A>',
    "var 'A' already encountered",
    'Keep one of the variables of this name.',
  ],
};

describe("kustomize's errors come with what to do", () => {
  for (const [name, [repository, ...expected]] of Object.entries(cases)) {
    test(name, async () => {
      await using opened = await openSession(repository);
      const { root } = opened.fixture;
      const { rendering, view } = opened.session;
      assert.ok(rendering.kind === 'on');
      const outcome = await rendering.renders.render({ kind: 'kustomization', directory: `${root}/app` }, new AbortController().signal);
      const blame = kustomizationBlame(view.graph, `${root}/app`, outcome?.failure ?? 'it renders');
      assert.ok(blame);
      assert.deepEqual([placeIn(view, root, blame.place), blame.words.replaceAll(`${root}/app/`, ''), blame.hint], expected);
    });
  }
});
