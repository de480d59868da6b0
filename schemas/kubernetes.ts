// Kubernetes' own kinds, from the OpenAPI document in its module.
import { refTo, type JsonSchema } from '../server/src/schemas/json-schema.ts';
import type { KindEntry } from '../server/src/schemas/pool-format.ts';
import { fromOpenApi, type OpenApiSchema } from './openapi.ts';
import { resource } from './resource.ts';

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

interface SwaggerDefinition extends OpenApiSchema {
  'x-kubernetes-group-version-kind'?: GroupVersionKind[];
}

interface SwaggerOperation {
  readonly 'x-kubernetes-action'?: string;
  readonly 'x-kubernetes-group-version-kind'?: GroupVersionKind;
}

export interface Swagger {
  readonly definitions: Readonly<Record<string, SwaggerDefinition>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
}

/** Kinds and the definitions that they are made of. */
export interface Described {
  readonly kinds: readonly KindEntry[];
  readonly definitions: ReadonlyMap<string, JsonSchema>;
}

/** The definition of every object's metadata. */
export const objectMeta = 'k8s.meta.v1:ObjectMeta';

/** The definition of a list's metadata. */
const listMeta = 'k8s.meta.v1:ListMeta';

/** Types whose OpenAPI says less than the API server checks. */
const ownDefinitions: ReadonlyMap<string, JsonSchema> = new Map([
  [
    'k8s.meta.v1:Quantity',
    {
      description:
        'An amount: a number with an optional suffix, decimal (`m`, `k`, `M`, `G`, `T`, `P`, `E`) or binary (`Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`). `500m` is half of one; `128Mi` is 134217728.',
      type: ['string', 'number'],
      pattern: '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$',
    },
  ],
  [
    'k8s.meta.v1:IntOrString',
    { description: 'A whole number, or text such as a percentage (`25%`) or the name of a port.', type: ['integer', 'string'] },
  ],
]);

/** Fields that are called required because Go's zero value is written out, while the API server takes objects without them. */
const notRequired: readonly (readonly [definition: string, field: string])[] = [
  ['k8s.apiextensions.v1:CustomResourceDefinitionVersion', 'served'],
  ['k8s.apiextensions.v1:CustomResourceDefinitionVersion', 'storage'],
  ['k8s.apps.v1:ControllerRevision', 'revision'],
  ['k8s.core.v1:ISCSIVolumeSource', 'lun'],
  ['k8s.core.v1:ISCSIPersistentVolumeSource', 'lun'],
  ['k8s.core.v1:LimitRangeSpec', 'limits'],
];

/** Accepted values by type (`core.v1.Container`) and field; those of the items for a list. */
export type FieldValues = Readonly<Record<string, Readonly<Record<string, string[]>>>>;

/**
 * Describes every kind that can be created, and their lists.
 *
 * @param version Of Kubernetes, such as `v1.36.4`.
 */
export function kubernetes(swagger: Swagger, values: FieldValues, version: string): Described {
  const definitions = new Map(ownDefinitions);
  for (const [name, source] of Object.entries(swagger.definitions)) {
    const target = definitionName(name);
    if (!definitions.has(target))
      definitions.set(
        target,
        fromOpenApi(source, (ref) => refTo(definitionName(ref))),
      );
  }
  for (const [definition, field] of notRequired) {
    const schema = definitions.get(definition);
    if (!schema?.required?.includes(field))
      throw new Error(`Kubernetes ${version} does not require ${definition}.${field}: take it out of the list`);
    schema.required = schema.required.filter((name) => name !== field);
  }
  for (const [type, fields] of Object.entries(values)) {
    const properties = definitions.get(definitionName(`.${type}`))?.properties ?? {};
    for (const [field, accepted] of Object.entries(fields)) {
      const schema = properties[field]?.items ?? properties[field];
      if (schema) schema.enum = accepted;
    }
  }
  const kinds: KindEntry[] = [];
  for (const [name, { group, version: groupVersion, kind }] of writableKinds(swagger)) {
    const definition = definitionName(name);
    const schema = definitions.get(definition);
    if (!schema) throw new Error(`Kubernetes' OpenAPI document names ${name} without defining it`);
    const apiVersion = group ? `${group}/${groupVersion}` : groupVersion;
    definitions.set(definition, resource(schema, apiVersion, kind));
    kinds.push({ apiVersion, kind, project: 'kubernetes', definition, version, url: pageOf(version, group, groupVersion, kind) });
  }
  definitions.set('k8s.core.v1:List', listOfAnything);
  kinds.push({
    apiVersion: 'v1',
    kind: 'List',
    project: 'kubernetes',
    definition: 'k8s.core.v1:List',
    version,
    url: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#collections',
  });
  return { kinds, definitions };
}

/** Only kubectl and kustomize know this kind; the API server's document does not have it. */
const listOfAnything: JsonSchema = {
  description: 'Several objects in one document, of any kinds. kubectl and kustomize take it apart.',
  type: 'object',
  properties: {
    apiVersion: { const: 'v1', type: 'string' },
    kind: { const: 'List', type: 'string' },
    metadata: { $ref: refTo(listMeta), description: 'Standard list metadata; usually left out.' },
    items: { type: 'array', items: { type: 'object' }, description: 'The objects, each with its own apiVersion and kind.' },
  },
  required: ['apiVersion', 'kind', 'items'],
  additionalProperties: false,
};

function* writableKinds({ definitions, paths }: Swagger): Generator<[name: string, GroupVersionKind]> {
  const created = new Set<string>();
  for (const operation of Object.values(paths).flatMap((operations) => Object.values(operations))) {
    const kind = operation['x-kubernetes-group-version-kind'];
    if (kind && operation['x-kubernetes-action'] === 'post') created.add(keyOf(kind));
  }
  for (const [name, definition] of Object.entries(definitions)) {
    const kinds = definition['x-kubernetes-group-version-kind'] ?? [];
    const kind = kinds.length === 1 ? kinds[0] : undefined; // DeleteOptions and the like belong to every group
    if (!kind) continue;
    if (created.has(keyOf(kind)) || created.has(keyOf({ ...kind, kind: kind.kind.replace(/List$/, '') }))) yield [name, kind];
  }
}

function keyOf({ group, version, kind }: GroupVersionKind): string {
  return `${group}/${version}/${kind}`;
}

/** `io.k8s.api.apps.v1.Deployment` → `k8s.apps.v1:Deployment`. */
function definitionName(name: string): string {
  const parts = name.replace('#/definitions/', '').split('.');
  const type = parts.pop() ?? '';
  const version = parts.pop() ?? '';
  const group = parts.pop() ?? '';
  return /^v\d/.test(version) ? `k8s.${group}.${version}:${type}` : `k8s.meta.v1:${type}`;
}

function pageOf(version: string, group: string, groupVersion: string, kind: string): string {
  const minor = version.split('.').slice(0, 2).join('.');
  const shortGroup = group.replace(/\..*$/, '') || 'core';
  const anchor = `${kind}-${groupVersion}-${shortGroup}`.toLowerCase();
  return `https://kubernetes.io/docs/reference/generated/kubernetes-api/${minor}/#${anchor}`;
}
