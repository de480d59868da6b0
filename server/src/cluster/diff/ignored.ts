// What a controller leaves out of its comparison: rules, each for some resources.
import type { Application } from '../argocd/application.ts';
import type { ArgoConfiguration } from '../argocd/marking.ts';
import { groupOf } from '../api-resources.ts';
import type { LiveObject } from '../live-object.ts';
import { matcher } from '../name-pattern.ts';
import { type WrittenRule, systemRules } from '../argocd/ignore-differences.ts';
import { type FieldSet, fieldOwners, withoutFields } from './field-set.ts';
import { type Json, type JsonObject, isObject, text } from './json.ts';

/** Fields of some resources that are not compared. */
export interface IgnoreRule {
  readonly isFor: (object: JsonObject) => boolean;
  readonly jsonPointers: readonly string[];
  readonly jqPathExpressions: readonly string[];
  /** Fields that these own (`metadata.managedFields`). */
  readonly managedFieldsManagers: readonly string[];
}

/** Takes fields out of an object, as Argo CD's own library for it does. */
export type TakeOut = (object: JsonObject, rule: Pick<IgnoreRule, 'jsonPointers' | 'jqPathExpressions'>) => Promise<JsonObject>;

/** The rules of an object's controller. `configuration` is that of its Argo CD; undefined for Flux. */
export function ignoreRulesOf(owner: LiveObject, configuration: ArgoConfiguration | undefined): IgnoreRule[] {
  if (owner.kind === 'Application') {
    const own = ((owner as Application).spec.ignoreDifferences ?? []) as readonly WrittenRule[];
    return [...own, ...systemRules(configuration?.data ?? {})].map(argoRule);
  }
  const { driftDetection } = (owner.spec ?? {}) as { readonly driftDetection?: { readonly ignore?: readonly DriftIgnoreRule[] } };
  return owner.kind === 'HelmRelease' ? (driftDetection?.ignore ?? []).map(fluxRule) : [];
}

/** One side of a resource without what the rules name. `live` tells whose the fields are. */
export async function withoutIgnored(
  side: JsonObject,
  live: JsonObject,
  rules: readonly IgnoreRule[],
  takeOut: TakeOut,
): Promise<JsonObject> {
  let left = side;
  for (const rule of rules) {
    if (!rule.isFor(side)) continue;
    const { managedFieldsManagers: managers } = rule;
    const owned = fieldOwners(live).flatMap(({ manager, fields }): FieldSet[] => (managers.includes(manager) ? [fields] : []));
    left = owned.reduce(withoutFields, left);
    if (rule.jsonPointers.length + rule.jqPathExpressions.length > 0) left = await takeOut(left, rule);
  }
  return left;
}

// Argo CD v3.2.11, util/argo/normalizers: patterns for group and kind, names as they are.
function argoRule({ group = '', kind, name = '', namespace = '', ...fields }: WrittenRule): IgnoreRule {
  const [fitsGroup, fitsKind] = [matcher(group), matcher(kind)];
  return {
    isFor(object) {
      const metadata = metadataOf(object);
      return (
        fitsGroup(groupOf(text(object['apiVersion']))) &&
        fitsKind(text(object['kind'])) &&
        (name === '' || metadata['name'] === name) &&
        (namespace === '' || metadata['namespace'] === namespace)
      );
    },
    jsonPointers: fields.jsonPointers ?? [],
    jqPathExpressions: fields.jqPathExpressions ?? [],
    managedFieldsManagers: fields.managedFieldsManagers ?? [],
  };
}

/** An entry of a HelmRelease's `spec.driftDetection.ignore` (helm-controller API v2). */
interface DriftIgnoreRule {
  readonly paths: readonly string[];
  readonly target?: Readonly<
    Partial<Record<'group' | 'version' | 'kind' | 'namespace' | 'name' | 'labelSelector' | 'annotationSelector', string>>
  >;
}

// fluxcd/pkg/ssa v0.76.2, jsondiff/selector.go: whole names as regular expressions.
function fluxRule({ paths, target = {} }: DriftIgnoreRule): IgnoreRule {
  const fits = (pattern: string | undefined, value: string): boolean =>
    pattern === undefined || pattern === '' || new RegExp(`^(?:${pattern})$`).test(value);
  return {
    isFor(object) {
      const metadata = metadataOf(object);
      const apiVersion = text(object['apiVersion']);
      return (
        fits(target.group, groupOf(apiVersion)) &&
        fits(target.version, apiVersion.slice(apiVersion.indexOf('/') + 1)) &&
        fits(target.kind, text(object['kind'])) &&
        fits(target.namespace, text(metadata['namespace'])) &&
        fits(target.name, text(metadata['name'])) &&
        selects(target.labelSelector, metadata['labels']) &&
        selects(target.annotationSelector, metadata['annotations'])
      );
    },
    jsonPointers: paths,
    jqPathExpressions: [],
    managedFieldsManagers: [],
  };
}

/** Equality-based selectors; of a set-based one (`a in (b, c)`), no part is taken to fit. */
function selects(selector: string | undefined, values: Json | undefined): boolean {
  if (selector === undefined || selector.trim() === '') return true;
  const known = isObject(values) ? values : {};
  return selector.split(',').every((requirement) => {
    const [, not, key = '', operator, value = ''] = /^\s*(!?)\s*([^\s=!]+)\s*(?:(==?|!=)\s*([^\s=!]*))?\s*$/.exec(requirement) ?? [];
    if (key === '') return false;
    if (operator === undefined) return not === '!' ? known[key] === undefined : known[key] !== undefined;
    return (known[key] === value) === (operator !== '!=');
  });
}

function metadataOf(object: JsonObject): JsonObject {
  return isObject(object['metadata']) ? object['metadata'] : {};
}
