// kyaml's module, which is kustomize's YAML, as the engine is built with it: the schema that it brings along is taken apart here, so
// that the engine need not parse all of it at its start, and what was found out about a text is remembered (engine/_kyaml).
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Edit, EditedModule } from './edited-module.ts';

const data = 'openapi/kubernetesapi/data';
const bundle = `${data}/kubernetes-openapi-union-v1.21.2.bundle-v1.json.gz`;
const openapi = 'openapi/openapi.go';

const edits: readonly Edit[] = [
  {
    file: openapi,
    from: /\n\tnoUseBuiltInSchema bool\n/g,
    to: '$&\n\t// builtin are the built-in definitions; nil while they are not used\n\tbuiltin *builtin\n',
  },
  {
    file: openapi,
    from: /\tif err := parseBuiltinBundle\(builtinKubernetesOpenAPIBundle\); err != nil {\n[^]*?\n\t}\n/g,
    to: '\tuseBuiltins()\n',
  },
  { file: openapi, from: /rs, found := globalSchema\.schemaByResourceType\[t\]/g, to: 'rs, found := schemaOf(t)' },
  {
    file: openapi,
    from: /(\tif s, ok := root\.\(\*spec\.Schema\); ok && s == nil {\n\t\treturn nil, nil\n\t}\n)(\tres, _, err := ref)/g,
    to: '$1\troot, err := withDefinition(root, ref)\n\tif err != nil {\n\t\treturn nil, errors.Wrap(err)\n\t}\n$2',
  },
  // Equal to the empty value: comparing goes through all that both have, and allocates for it.
  { file: openapi, from: /reflect\.DeepEqual\(\*rs\.Schema, spec\.Schema{}\)/g, to: 'reflect.ValueOf(rs.Schema).Elem().IsZero()' },
  {
    file: 'fieldmeta/fieldmeta.go',
    from: /reflect\.DeepEqual\(fm\.Schema, spec\.Schema{}\)/g,
    to: 'reflect.ValueOf(&fm.Schema).Elem().IsZero()',
  },
  {
    file: 'yaml/compatibility.go',
    from: /func IsValueNonString\(value string\) bool {/g,
    to: 'func isValueNonString(value string) bool {',
  },
];

/** What the engine is told about the built-in schema. */
interface Bundle {
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly resources: readonly { readonly apiVersion: string; readonly kind: string; readonly scope?: string }[];
}

interface Definition {
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}

/** Writes the two files that engine/_kyaml/openapi/definitions.go reads. */
async function takeApart(folder: string): Promise<void> {
  const { definitions, resources } = JSON.parse(gunzipSync(await readFile(path.join(folder, bundle))).toString()) as Bundle;
  const claimed = new Set<string>();
  const lines = Object.entries(definitions).map(([name, definition]) => {
    const types = (definition['x-kubernetes-group-version-kind'] ?? []).map(
      ({ group, version, kind }) => `${group === '' ? version : `${group}/${version}`} ${kind}`,
    );
    for (const type of types) {
      if (claimed.has(type)) throw new Error(`${bundle} has several definitions of ${type}, of which kyaml takes any`);
      claimed.add(type);
    }
    return `${name}\t${types.join(',')}\t${JSON.stringify(definition)}\n`;
  });
  const scopes = resources.flatMap(({ apiVersion, kind, scope }) => (scope === undefined ? [] : [`${apiVersion} ${kind}\t${scope}\n`]));
  await writeFile(path.join(folder, data, 'definitions.txt'), lines.join(''));
  await writeFile(path.join(folder, data, 'scopes.txt'), scopes.join(''));
}

/** kustomize's YAML. */
export const kyamlModule: EditedModule = {
  name: 'kyaml',
  module: 'sigs.k8s.io/kustomize/kyaml',
  files: /^(?!openapi\/(kubernetesapi\/[^/]*\.go|kubernetesapi\/v|cmd\/)).*(?<!_test)\.go$|^openapi\/.*(\.gz|swagger\.json)$/,
  added: 'engine/_kyaml',
  removed: [],
  edits: () => Promise.resolve(edits),
  complete: takeApart,
  scripts: ['scripts/kyaml-module.ts'],
};
