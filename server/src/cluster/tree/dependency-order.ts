import { type FluxObject } from '../flux/flux-object.ts';
import type { Tracked } from './inventory.ts';

/**
 * Flux's objects so that each comes after those it depends on (`spec.dependsOn`), else by namespace and name. What depends on each
 * other in a circle stays in the order of names.
 */
export function inDependencyOrder(objects: readonly Tracked[]): Tracked[] {
  const byName = new Map(objects.map((each) => [nameInOrder(each), each]));
  // Names of objects are plain ASCII.
  const sorted = [...objects].map((each) => [nameInOrder(each), each] as const).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const ordered = new Set<Tracked>();
  const visiting = new Set<Tracked>();
  const visit = (each: Tracked): void => {
    if (ordered.has(each) || visiting.has(each)) return;
    visiting.add(each);
    for (const needed of dependenciesOf(each)) {
      const found = byName.get(needed);
      if (found) visit(found);
    }
    ordered.add(each);
  };
  for (const [, each] of sorted) visit(each);
  return [...ordered];
}

/** What it waits for, as `namespace/name` of its own kind. */
export function dependenciesOf({ object, name }: Tracked): string[] {
  const { dependsOn = [] } = (object as FluxObject).spec ?? {};
  return dependsOn.map((each) => `${each.namespace ?? name.namespace}/${each.name}`);
}

/** All that an object waits for, directly or through others; of what is not among `all`, the names. */
export function neededFor(
  all: readonly Tracked[],
  tracked: Tracked,
): { readonly found: readonly Tracked[]; readonly missing: readonly string[] } {
  const byName = new Map(all.map((each) => [nameInOrder(each), each]));
  const found = new Set<Tracked>();
  const missing = new Set<string>();
  const visit = (each: Tracked): void => {
    for (const name of dependenciesOf(each)) {
      const needed = byName.get(name);
      if (!needed) missing.add(name);
      else if (needed !== tracked && !found.has(needed)) {
        found.add(needed);
        visit(needed);
      }
    }
  };
  visit(tracked);
  return { found: [...found], missing: [...missing] };
}

/** All that waits for an object, directly or through others. */
export function neededBy(all: readonly Tracked[], tracked: Tracked): Tracked[] {
  return all.filter((each) => each !== tracked && neededFor(all, each).found.includes(tracked));
}

function nameInOrder({ name }: Tracked): string {
  return `${name.namespace}/${name.name}`;
}
