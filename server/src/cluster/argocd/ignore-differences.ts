// The `ignoreDifferences` of all Applications of an Argo CD, from its configuration (argocd-cm).
import { parse } from 'yaml';

/** An entry of `spec.ignoreDifferences` (`ResourceIgnoreDifferences` of Argo CD's API v1alpha1). */
export interface WrittenRule {
  readonly group?: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly jsonPointers?: readonly string[] | null;
  readonly jqPathExpressions?: readonly string[] | null;
  readonly managedFieldsManagers?: readonly string[] | null;
}

const prefix = 'resource.customizations.ignoreDifferences.';

/**
 * The rules that argocd-cm's data has for all Applications: `resource.customizations.ignoreDifferences.<group>_<kind>`, and the older
 * `resource.customizations` with all in one (Argo CD v3.2.11, util/settings). What can't be read is no rule, as for Argo CD.
 */
export function systemRules(data: Readonly<Record<string, string>>): WrittenRule[] {
  const split = Object.entries(data).flatMap(([key, yaml]) => {
    if (!key.startsWith(prefix)) return [];
    const [group, kind] = groupKind(key.slice(prefix.length), '_');
    return ruleIn(group, kind, read(yaml));
  });
  const whole = read(data['resource.customizations'] ?? '');
  const older = Object.entries(whole).flatMap(([key, customization]) => {
    const [group, kind] = groupKind(key, '/');
    const { ignoreDifferences } = (customization ?? {}) as { readonly ignoreDifferences?: string };
    return ruleIn(group, kind, read(ignoreDifferences ?? ''));
  });
  return [...split, ...older];
}

function groupKind(key: string, separator: string): readonly [string, string] {
  if (key === 'all') return ['*', '*'];
  const at = key.indexOf(separator);
  return at < 0 ? ['', key] : [key.slice(0, at), key.slice(at + 1)];
}

function ruleIn(group: string, kind: string, fields: Readonly<Record<string, unknown>>): WrittenRule[] {
  const list = (name: string): readonly string[] => (Array.isArray(fields[name]) ? (fields[name] as readonly string[]) : []);
  const rule = {
    group,
    kind,
    jsonPointers: list('jsonPointers'),
    jqPathExpressions: list('jqPathExpressions'),
    managedFieldsManagers: list('managedFieldsManagers'),
  };
  return rule.jsonPointers.length + rule.jqPathExpressions.length + rule.managedFieldsManagers.length > 0 ? [rule] : [];
}

function read(yaml: string): Readonly<Record<string, unknown>> {
  try {
    const value = parse(yaml) as unknown;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
