// Which objects of a cluster a command line means: by kind and name, by the file that declares them, or by what they deploy.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { comparedKinds } from '../../server/src/cluster/kinds.ts';
import type { Inventory, Tracked } from '../../server/src/cluster/tree/inventory.ts';
import type { View } from '../../server/src/model/view.ts';
import { type Deliverers, deliverersOf } from '../../server/src/session/delivering.ts';
import { fromNativePath } from '../../server/src/workspace/paths.ts';
import { isKindAndName } from './named-pipeline.ts';
import { UsageError } from './usage-error.ts';

/**
 * The objects that are meant.
 *
 * @param view Of the repository that holds what is wanted.
 * @param wanted A file, a folder, or `kind/name`, which means what is declared under that name.
 * @throws UsageError when it is none of these.
 */
export function wantedObjects(view: View, wanted: string, namespace: string | undefined): (inventory: Inventory) => Deliverers {
  const isWanted = ({ name }: Tracked): boolean =>
    comparedKinds.has(name.kind) && (namespace === undefined || name.namespace === namespace);
  const find = existsSync(wanted) ? deliverersOf(view, fromNativePath(path.resolve(wanted))) : named(wanted);
  return (inventory) => {
    const { declared, deploying } = find(inventory);
    return { declared: declared.filter(isWanted), deploying: deploying.filter(isWanted) };
  };
}

/** The sentence for when there are none. */
export function nothingWanted(wanted: string, contexts: readonly string[]): string {
  return `nothing on ${contexts.join(', ')} ${existsSync(wanted) ? `deploys ${wanted}` : `is called ${wanted}`}`;
}

function named(wanted: string): (inventory: Inventory) => Deliverers {
  if (!isKindAndName(wanted)) throw new UsageError(`${wanted} does not exist`);
  const isNamed = ({ name }: Tracked): boolean => `${name.kind}/${name.name}`.toLowerCase() === wanted.toLowerCase();
  return ({ objects }) => ({ declared: [...objects.values()].filter(isNamed), deploying: [] });
}
