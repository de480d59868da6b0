// In which order things are delivered, as Markdown: Argo CD's sync waves, Flux's `dependsOn`.
import type { Application, ApplicationResource } from '../argocd/application.ts';
import { inDependencyOrder, neededBy, neededFor } from '../tree/dependency-order.ts';
import type { Inventory, Tracked } from '../tree/inventory.ts';
import { label } from './evidence.ts';
import { shownText } from './shown-text.ts';

/** What an object's controller delivers one after the other, and what the object itself comes after and before. */
export function orderText(inventory: Inventory, tracked: Tracked): string {
  const { name, object } = tracked;
  const parts = object.kind === 'Application' ? waves(object as Application) : dependencies(inventory, tracked);
  return [`# Order of delivery of ${shownText(label(name))}`, ...parts, ''].join('\n\n');
}

function waves({ status }: Application): string[] {
  const resources = (status?.resources ?? []).filter(({ hook }) => hook !== true);
  const hooks = (status?.operationState?.syncResult?.resources ?? []).filter(({ hookType }) => hookType !== undefined);
  if (resources.length === 0 && hooks.length === 0) return ['Nothing is known that it delivers.'];
  const byWave = [...Map.groupBy(resources, ({ syncWave = 0 }) => syncWave)].sort(([a], [b]) => a - b);
  return [
    byWave.length > 1
      ? 'A sync applies a wave when what the waves before it applied is healthy (`argocd.argoproj.io/sync-wave`).'
      : 'All of it is in one wave: no `argocd.argoproj.io/sync-wave` tells it apart.',
    ...byWave.flatMap(([wave, members]) => [`## Wave ${wave}`, members.map(resourceLine).join('\n')]),
    ...(hooks.length > 0
      ? [
          '## Hooks of the last sync',
          hooks
            .map((each) => `- ${shownText([each.syncPhase, named(each), each.hookPhase].filter((part) => part !== undefined).join(' · '))}`)
            .join('\n'),
        ]
      : []),
  ];
}

function resourceLine(resource: ApplicationResource): string {
  const words = [named(resource), resource.status, resource.health?.status].filter((part) => part !== undefined);
  return `- ${shownText(words.join(' · '))}`;
}

function named({ kind, namespace = '', name }: ApplicationResource): string {
  return label({ group: '', kind, namespace, name });
}

function dependencies(inventory: Inventory, tracked: Tracked): string[] {
  const all = [...inventory.objects.values()].filter(({ kind }) => kind === tracked.kind);
  const [before, after] = [neededFor(all, tracked), neededBy(all, tracked)];
  const line = ({ name, state }: Tracked): string => `- ${shownText(`${label(name)} · ${state.words}`)}`;
  const missing = before.missing.map((each) => `- ${shownText(`${tracked.name.kind} ${each}`)} · **is not there**`);
  const waitsFor = [...inDependencyOrder(before.found).map(line), ...missing];
  return [
    '## Waits for',
    waitsFor.length === 0 ? `Nothing: it has no \`spec.dependsOn\`.` : waitsFor.join('\n'),
    '## What waits for it',
    after.length === 0 ? 'Nothing.' : inDependencyOrder(after).map(line).join('\n'),
  ];
}
