// The health of what an object manages, where its tool does not write it: Argo CD 3 keeps it for itself, and Flux's inventory has names only.
import type { Health, ManagedResource } from '../object-state.ts';
import { type Tracked, idOf, managedBy } from './inventory.ts';

/** How a resource was found to stand. */
export interface FoundHealth {
  readonly health: Health | undefined;
  readonly message: string;
}

/** What was found so far of the resources of an object, by their ids. */
export type HealthOf = (owner: Tracked) => ReadonlyMap<string, FoundHealth>;

/** What an object manages, with the health that was found where none is told. */
export function resourcesOf(owner: Tracked, health: HealthOf | undefined): readonly ManagedResource[] {
  const resources = managedBy(owner.object);
  if (!health || !resources.some(isUntold)) return resources;
  const found = health(owner);
  if (found.size === 0) return resources;
  return resources.map((resource) => {
    const state = isUntold(resource) ? found.get(idOf(resource)) : undefined;
    if (!state) return resource;
    const told = resource.state ?? { sync: undefined, requiresPruning: false };
    return { ...resource, state: { ...told, health: state.health, message: state.message } };
  });
}

/** Whether the tool that manages a resource says nothing of its health. */
export function isUntold({ state }: ManagedResource): boolean {
  return state?.health === undefined;
}
