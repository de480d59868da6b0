import { type FluxObject } from '../flux/flux-object.ts';
import type { Tracked } from './inventory.ts';

/**
 * Flux's objects so that each comes after those it depends on (`spec.dependsOn`), else by namespace and name. What depends on each
 * other in a circle stays in the order of names.
 */
export function inDependencyOrder(objects: readonly Tracked[]): Tracked[] {
  const sorted = [...objects].sort((a, b) => nameInOrder(a).localeCompare(nameInOrder(b)));
  const byName = new Map(sorted.map((each) => [nameInOrder(each), each]));
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
  sorted.forEach(visit);
  return [...ordered];
}

/** What it waits for, as `namespace/name` of its own kind. */
export function dependenciesOf({ object, name }: Tracked): string[] {
  const { dependsOn = [] } = (object as FluxObject).spec ?? {};
  return dependsOn.map((each) => `${each.namespace ?? name.namespace}/${each.name}`);
}

function nameInOrder({ name }: Tracked): string {
  return `${name.namespace}/${name.name}`;
}
