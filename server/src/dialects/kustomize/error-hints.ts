// What to do about kustomize's errors (api v0.21.2). Each is tried in an error-hints.test.ts case, with kustomize's own words.

const hints: readonly (readonly [words: RegExp, hint: string | ((found: RegExpExecArray) => string)])[] = [
  // Files and folders.
  [/is ambiguous: resolves to/, 'Two entries ran together: align the dashes of the list.'],
  [/new root '.*' cannot be absolute/, 'Write the path from the folder of this kustomization.'],
  [/unable to find one of 'kustomization/, 'Add a kustomization.yaml to that folder, or name its files one by one.'],
  [/Found multiple kustomization files/, 'Keep one of them: kustomize accepts one kustomization in a folder.'],
  [/cycle detected: candidate root/, 'Remove the entry: it leads back to a folder that is being built, or to one around it.'],
  [
    /security; file '.*' is not in or below/,
    'Move the file below this folder, or name a folder with a kustomization that holds it. `drydock.render.loadRestrictor` is the setting for controllers that allow it.',
  ],
  [/^fs-security-constraint/, 'The controller reads nothing outside of its source: move what is named there into it.'],
  [/must resolve to a file/, 'Name a file here: this is a folder.'],
  [/: file is not directory|: not a directory/, 'Name a folder here: a file is in its place.'],
  [/no such file or directory/, 'Create what is named there, or correct the path, which counts from the folder of its kustomization.'],
  // The kustomization itself.
  [/^kustomization\.yaml is empty/, 'Give it something to build, such as `resources`.'],
  [/unknown field "([^"]+)"/, ([, field]) => `Kustomizations have no field \`${field}\`: correct its name, or remove it.`],
  [/cannot unmarshal \w+ into Go struct field \S+ of type (\S+)/, ([, type = '']) => `Write ${typeWords(type)}.`],
  [/apiVersion for Component should be/, 'Write `apiVersion: kustomize.config.k8s.io/v1alpha1`.'],
  [/apiVersion for \w+ should be/, 'Write `apiVersion: kustomize.config.k8s.io/v1beta1`.'],
  [/expected kind != 'Component'/, 'Move the entry from `resources` to `components`.'],
  [/expected kind 'Component'/, 'Move the entry from `components` to `resources`.'],
  [/unable to load builtin/, 'kustomize has no built-in plug-in of this kind: correct its `kind`.'],
  [/external plugins disabled/, 'Exec and container plug-ins are programs, and Drydock runs none.'],
  [/invalid schema file/, 'Correct the file that `openapi.path` names: an OpenAPI document with `definitions`.'],
  [/OpenAPI version is not built in/, 'Leave `openapi.version` out, or name a schema of your own by `openapi.path`.'],
  [/new root cannot be empty/, 'Remove the empty entry.'],
  [/the field 'sortOptions\.order' must be one of/, 'Correct `sortOptions.order`.'],
  // YAML.
  [/found a tab character|found character that cannot start any token/, 'Indent with spaces: YAML allows no tabs there.'],
  [/mapping key "[^"]*" already defined/, 'Keep one of the two.'],
  [/yaml: line \d+|MalformedYAMLError|error converting YAML/, 'Correct the YAML there.'],
  // Resources.
  [/missing metadata\.name/, 'Give the object a `metadata.name`.'],
  [/missing Resource metadata/, 'Resources are Kubernetes objects. Other files are for generators, patches and values.'],
  [/missing kind in object/, 'Give the object an `apiVersion` and a `kind`.'],
  [
    /namespace transformation produces ID conflict/,
    'Two objects of one kind and name end in one namespace: rename one, or build them apart.',
  ],
  [/already registered id/, 'The object is declared twice: remove one of them, or make it a patch.'],
  // Patches.
  [/must specify a target for (?:JSON )?patch/, 'Give the entry a `target`: a JSON patch does not say what it changes.'],
  [/Multiple Strategic-Merge Patches in one/, 'Put one patch in each entry, or leave `target` out.'],
  [/must specify one of patch and path/, 'Give the entry a `patch` or a `path`.'],
  [/patch and path can't be set at the same time/, 'Keep `patch` or `path`, not both.'],
  [
    /unable to parse SM or JSON patch/,
    'Write a piece of an object with `apiVersion`, `kind` and `metadata.name`, or a list of JSON patch operations.',
  ],
  [
    /no matches for Id/,
    'No resource has this kind, name and namespace: correct the metadata of the patch, or select resources with `target`.',
  ],
  [
    /Unexpected kind|failed to decode path/,
    'A JSON patch operation has an `op` (add, remove, replace, move, copy, test), a `path`, and mostly a `value`.',
  ],
  [/testing value .* failed/, 'The target has another value there than `op: test` asks for.'],
  [
    /operation does not apply|error in \w+ for path/,
    'The target has nothing at this path: correct it, or make what is missing with `op: add`.',
  ],
  [/wrong node kind/, 'Give the patch the shape of the object that it changes: a field has a value of another type there.'],
  [/error parsing regexp/, 'Names in `target` are regular expressions: correct this one.'],
  // Generators.
  [
    /does not exist; cannot merge or replace/,
    'Nothing of this name and namespace is generated below: correct the name, or leave `behavior` out.',
  ],
  [/behavior must be merge or replace/, 'It is generated below already: set `behavior: merge` or `replace`, or take another name.'],
  [/invalid literal source/, 'Write it as `KEY=value`.'],
  [/missing key name for file path|missing file path for key name|key name or file path contains '='/, 'Write it as `path` or `key=path`.'],
  [/illegally repeats the key/, 'Keep one of the values of this key.'],
  [/a configmap must have a name/, 'Give the generator a `name`.'],
  // Replacements, variables, replicas.
  [/nothing selected by/, 'No resource fits `source`: correct its kind, name and namespace, which are those before prefixes and suffixes.'],
  [/multiple matches for selector/, 'More than one resource fits `source`: add its name or namespace.'],
  [/is missing for replacement source/, 'The source has no such field: correct `source.fieldPath`.'],
  [/unable to find field .* in replacement target/, 'The target has no such field: correct `fieldPaths`, or set `options.create: true`.'],
  [/must specify a source and at least one target/, 'Give the replacement a `source` and `targets`.'],
  [/target must specify resources to select/, 'Give the target a `select`.'],
  [/^var '.*' already encountered/, 'Keep one of the variables of this name.'],
  [/^var '/, 'Let `objref` name a single resource that is there. kustomize deprecated variables: replacements do the same.'],
  [/resource with name .* does not match a config/, 'No workload has this name: correct it, without prefix and suffix.'],
];

/** What to do about an error, by its innermost words; undefined for words that nobody knows. */
export function errorHint(words: string): string | undefined {
  for (const [pattern, hint] of hints) {
    const found = pattern.exec(words);
    if (found) return typeof hint === 'string' ? hint : hint(found);
  }
  return undefined;
}

function typeWords(type: string): string {
  if (type.startsWith('[]') || type.endsWith('Slice')) return 'a list there';
  if (type.startsWith('map[')) return 'a mapping of names to values there';
  if (type === 'string') return 'a text there, in quotes where it looks like a number';
  if (type === 'bool') return '`true` or `false` there';
  return /^u?int/.test(type) ? 'a whole number there' : 'a mapping of fields there';
}
