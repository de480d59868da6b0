import type { Application } from '../../cluster/argocd/application.ts';
import { offsetOf, projectOf, windowWords } from '../../cluster/argocd/project.ts';
import type { WindowState } from '../../engine/sync-windows.ts';
import type { Rendering } from '../session.ts';
import type { ActionTarget } from './action-target.ts';

/** Why the sync windows of an Application's project let nobody sync now, as Argo CD's API server decides it; none when they do. */
export async function windowRefusals(
  rendering: Rendering,
  { inventory, tracked }: Pick<ActionTarget, 'inventory' | 'tracked'>,
  signal: AbortSignal,
): Promise<string[]> {
  const application = tracked.object as Application;
  const project = projectOf(inventory, application);
  const windows = project?.spec?.syncWindows ?? [];
  if (!project || windows.length === 0) return [];
  const { name } = project.metadata;
  if (rendering.kind === 'off') return [`Whether the sync windows of the project ${name} are open can't be known: ${rendering.reason}`];
  const now = new Date();
  const render = {
    windows: windows.map(({ timeZone = '', ...window }) => ({ ...window, offset: offsetOf(timeZone, now) })),
    application: tracked.name.name,
    destination: application.spec.destination,
    now: now.toISOString(),
  };
  const outcome = await rendering.renders.ask({ op: 'syncWindows', render }, signal);
  signal.throwIfAborted();
  if (outcome.kind !== 'rendered') {
    const reason = 'message' in outcome ? outcome.message : 'nothing answers';
    return [`The sync windows of the project ${name} can't be read, and Argo CD syncs nothing then: ${reason}`];
  }
  const { manual, blocking } = outcome.details as WindowState;
  if (manual) return [];
  const words = blocking.flatMap((number) => windows[number] ?? []).map(windowWords);
  return [`The project ${name} lets nobody sync ${tracked.name.name} now. Its sync windows: ${words.join('; ')}.`];
}
