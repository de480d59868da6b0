// What a row's tooltip says.
import type { Cluster } from '../cluster.ts';
import type { Condition } from '../live-object.ts';
import type { View } from '../../model/view.ts';
import { type Inventory, type Tracked, idOf, managedBy } from './inventory.ts';
import type { RowKey } from './row.ts';
import { shortRevision } from './short-revision.ts';

/** The details of a row in Markdown; undefined when there is nothing to say, or it is gone. */
export function rowDetails(inventory: Inventory, cluster: Cluster, key: RowKey, view: View): string | undefined {
  switch (key.row) {
    case 'context':
      return contextDetails(cluster);
    case 'object': {
      const tracked = inventory.objects.get(idOf(key));
      return tracked && objectDetails(tracked, view);
    }
    case 'resource': {
      const owner = inventory.objects.get(idOf(key.owner));
      const resource = owner && managedBy(owner.object).find((each) => idOf(each) === idOf(key));
      if (!owner || !resource) return undefined;
      const { state } = resource;
      const words = [state?.sync, state?.health, state?.requiresPruning ? 'to be pruned' : undefined].filter((each) => each !== undefined);
      return [
        `**${escaped(`${key.kind} ${placed(key)}`)}**`,
        ...(words.length > 0 ? [words.join(' · ')] : []),
        ...(state?.message ? [escaped(state.message)] : []),
        `managed by ${escaped(`${key.owner.kind} ${placed(key.owner)}`)}`,
      ].join('\n\n');
    }
    case 'message':
      return escaped(key.text);
    default:
      return undefined;
  }
}

function contextDetails({ context, state }: Cluster): string {
  const failure = context.problem ?? (state.kind === 'failing' ? state.error.message : undefined);
  return [`**${escaped(context.name)}**`, escaped(context.server), ...(failure === undefined ? [] : [escaped(failure)])].join('\n\n');
}

function objectDetails({ name, object, state }: Tracked, view: View): string {
  const { conditions = [] } = (object.status ?? {}) as { readonly conditions?: readonly Condition[] };
  const facts = [
    ...(state.revision ? [`revision ${shortRevision(state.revision, view)}`] : []),
    ...(state.since ? [`since ${state.since}`] : []),
    `made ${object.metadata.creationTimestamp}`,
  ];
  return [
    `**${escaped(`${name.kind} ${placed(name)}`)}**`,
    ...(state.words ? [escaped(state.words)] : []),
    ...(state.message ? [escaped(state.message)] : []),
    facts.map((fact) => `- ${escaped(fact)}`).join('\n'),
    ...(conditions.length > 0 ? [conditions.map(conditionLine).join('\n')] : []),
  ].join('\n\n');
}

function conditionLine({ type, status, reason, message }: Condition): string {
  const head = [type, status, reason].filter((each) => each !== undefined && each !== '').join(' · ');
  return `- ${escaped(head)}${message ? `: ${escaped(message)}` : ''}`;
}

function placed({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

// Words of a cluster are shown as they are, and never as links or pictures.
function escaped(text: string): string {
  return text.replaceAll(/[!#()*<>[\\\]_`{|}~]/g, String.raw`\$&`).replaceAll('\n', '  \n');
}
