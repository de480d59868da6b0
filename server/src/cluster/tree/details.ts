// What a row's tooltip says.
import type { Cluster } from '../cluster.ts';
import type { Condition } from '../live-object.ts';
import { ago } from './age.ts';
import { type Inventory, type Tracked, idOf } from './inventory.ts';
import { type HealthOf, resourcesOf } from './resource-health.ts';
import type { RowKey } from './row.ts';
import { notInstalled } from './rows.ts';

/**
 * The details of a row in Markdown; undefined when there is nothing to say, or it is gone.
 *
 * @param revisionText Says of a revision what is known here.
 * @param now Milliseconds since 1970.
 */
export async function rowDetails(
  { inventory, cluster, health }: { readonly inventory: Inventory; readonly cluster: Cluster; readonly health?: HealthOf },
  key: RowKey,
  revisionText: (revision: string) => Promise<string>,
  now: number,
): Promise<string | undefined> {
  switch (key.row) {
    case 'context':
      return contextDetails(cluster, now);
    case 'object': {
      const tracked = inventory.objects.get(idOf(key));
      return tracked && objectDetails(tracked, await revisionText(tracked.state.revision), now);
    }
    case 'resource': {
      const owner = inventory.objects.get(idOf(key.owner));
      const resource = owner && resourcesOf(owner, health).find((each) => idOf(each) === idOf(key));
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
      return key.text === notInstalled ? `${escaped(key.text)}\n\n${installation}` : escaped(key.text);
    default:
      return undefined;
  }
}

const installation =
  'How they are installed: [Argo CD](https://argo-cd.readthedocs.io/en/stable/getting_started/), [Flux](https://fluxcd.io/flux/installation/).';

function contextDetails({ context, state, heard }: Cluster, now: number): string {
  const failure = context.problem ?? (state.kind === 'failing' ? state.error.message : undefined);
  const notes = [
    ...(failure === undefined ? [] : [failure]),
    ...(heard === undefined ? [] : [`What is known is as it was ${ago(heard, now)}.`]),
  ];
  return [`**${escaped(context.name)}**`, escaped(context.server), ...notes.map(escaped)].join('\n\n');
}

function objectDetails({ name, object, state }: Tracked, revision: string, now: number): string {
  const { conditions = [] } = (object.status ?? {}) as { readonly conditions?: readonly Condition[] };
  const facts = [
    ...(revision === '' ? [] : [`revision ${revision}`]),
    ...(state.suspended ? ['suspended: its controller leaves it as it is'] : []),
    ...(state.since === '' ? [] : [`changed ${ago(Date.parse(state.since), now)} (${state.since})`]),
    `made ${ago(Date.parse(object.metadata.creationTimestamp), now)} (${object.metadata.creationTimestamp})`,
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
