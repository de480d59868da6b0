// kustomization.yaml, from kustomize's Go types as the Go program in upstream/ prints them.
import { refTo, type Json, type JsonSchema } from '../server/src/schemas/json-schema.ts';
import type { KindEntry } from '../server/src/schemas/pool-format.ts';
import type { Described } from './kubernetes.ts';
import { fromOpenApi, type OpenApiSchema } from './openapi.ts';

/** What kustomize checks in code, beyond what its types say: definition, field, accepted values. */
const acceptedValues: readonly (readonly [definition: string, field: string, values: Json[]])[] = [
  ['ConfigMapArgs', 'behavior', ['create', 'replace', 'merge']],
  ['SecretArgs', 'behavior', ['create', 'replace', 'merge']],
  ['HelmChart', 'valuesMerge', ['merge', 'override', 'replace']],
  ['SortOptions', 'order', ['legacy', 'fifo']],
];

/** The accepted values of `buildMetadata`'s items. */
const buildMetadata: Json[] = ['originAnnotations', 'transformerAnnotations', 'managedByLabel'];

/** Fields that still work, and what to write instead. */
const legacyFields: readonly (readonly [definition: string, field: string, instead: string])[] = [
  ['Kustomization', 'bases', 'List the folders under `resources` instead.'],
  ['Kustomization', 'commonLabels', 'Use `labels` instead; `includeSelectors: true` there does the same.'],
  ['Kustomization', 'imageTags', 'Use `images` instead.'],
  ['Kustomization', 'patchesStrategicMerge', 'Use `patches` with `path` instead.'],
  ['Kustomization', 'patchesJson6902', 'Use `patches` instead; it takes the same entries.'],
  ['Kustomization', 'vars', 'Use `replacements` instead.'],
  ['Kustomization', 'helmChartInflationGenerator', 'Use `helmCharts` and `helmGlobals` instead.'],
  ['ConfigMapArgs', 'env', 'Use `envs` instead, a list of files.'],
  ['SecretArgs', 'env', 'Use `envs` instead, a list of files.'],
];

const page = 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/';

/** Fields with a page of their own, named like the field in lower case unless said otherwise. */
const fieldPages: readonly (readonly [field: string, name?: string])[] = [
  ['bases'],
  ['buildMetadata'],
  ['commonAnnotations'],
  ['commonLabels'],
  ['configMapGenerator'],
  ['configurations'],
  ['generatorOptions'],
  ['helmCharts'],
  ['images'],
  ['labels'],
  ['namePrefix'],
  ['namespace'],
  ['nameSuffix'],
  ['openapi'],
  ['patches'],
  ['patchesJson6902'],
  ['patchesStrategicMerge'],
  ['replacements'],
  ['replicas'],
  ['resources', 'resource'],
  ['secretGenerator'],
  ['vars'],
];

/**
 * Describes Kustomization and Component, which differ in apiVersion and kind only.
 *
 * @param version Of kustomize's command, which is what people know.
 */
export function kustomize(upstream: Readonly<Record<string, OpenApiSchema>>, version: string): Described {
  const definitions = new Map<string, JsonSchema>();
  for (const [name, source] of Object.entries(upstream)) {
    definitions.set(
      `kustomize:${name}`,
      fromOpenApi(source, (ref) => refTo(`kustomize:${ref.replace('#/definitions/', '')}`)),
    );
  }
  const field = (definition: string, name: string): JsonSchema => {
    const found = definitions.get(`kustomize:${definition}`)?.properties?.[name];
    if (!found) throw new Error(`kustomize ${version} has no field ${definition}.${name}: see schemas/kustomize.ts`);
    return found;
  };
  for (const [definition, name, values] of acceptedValues) field(definition, name).enum = values;
  field('Kustomization', 'buildMetadata').items = { type: 'string', enum: buildMetadata };
  for (const [definition, name, instead] of legacyFields) {
    const legacy = field(definition, name);
    legacy.deprecationMessage = `\`${name}\` is deprecated. ${instead}`;
    if (legacy.description) legacy.description = legacy.description.replace(/^Deprecated[:.].*\n?/m, '').trim();
  }

  for (const [name, pageName = name.toLowerCase()] of fieldPages) field('Kustomization', name).url = `${page}${pageName}/`;

  const file = definitions.get('kustomize:Kustomization');
  if (!file) throw new Error('kustomize has no type Kustomization');
  definitions.set('kustomize:Component', { ...file, ...typed(file, 'kustomize.config.k8s.io/v1alpha1', 'Component') });
  definitions.set('kustomize:Kustomization', { ...file, ...typed(file, 'kustomize.config.k8s.io/v1beta1', 'Kustomization') });
  const kinds: KindEntry[] = [
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      project: 'kustomize',
      definition: 'kustomize:Kustomization',
      version,
      url: page,
    },
    {
      apiVersion: 'kustomize.config.k8s.io/v1alpha1',
      kind: 'Component',
      project: 'kustomize',
      definition: 'kustomize:Component',
      version,
      url: 'https://kubectl.docs.kubernetes.io/guides/config_management/components/',
    },
  ];
  return { kinds, definitions };
}

// kustomize fills in both when they are missing from a Kustomization; a Component needs its kind, or it would be one.
function typed(file: JsonSchema, apiVersion: string, kind: string): JsonSchema {
  return {
    properties: {
      ...file.properties,
      apiVersion: {
        type: 'string',
        const: apiVersion,
        description: `The version of the file's format: \`${apiVersion}\`. May be left out.`,
      },
      kind: { type: 'string', const: kind, description: `What the file is: \`${kind}\`.` },
    },
    ...(kind === 'Component' && { required: ['kind'] }),
  };
}
