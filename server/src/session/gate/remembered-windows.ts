// Whether sync windows let Applications be synced, asked as rarely as menus of thousands of rows want.
import type { Application } from '../../cluster/argocd/application.ts';
import { type AppProject, projectOf } from '../../cluster/argocd/project.ts';
import { type Inventory, type Tracked, idOf } from '../../cluster/tree/inventory.ts';
import type { Rendering } from '../session.ts';
import { windowRefusals } from './sync-windows.ts';

// Milliseconds for which windows are taken for open or closed: their schedules count in minutes.
const remembered = 60_000;

/** What was found of one Application, and by what it was. */
interface Found {
  readonly project: AppProject;
  readonly destination: string;
  readonly until: number;
  readonly refusals: readonly string[];
}

/** What is known of the sync windows of one cluster's Applications. */
export class RememberedWindows {
  readonly #rendering: Rendering;
  /** By the ids of the Applications. */
  readonly #found = new Map<string, Found>();

  constructor(rendering: Rendering) {
    this.#rendering = rendering;
  }

  /** Why an Application can't be synced, as it was found last; none when it can be, or nobody has looked. Asks nothing. */
  refusals({ name }: Tracked): readonly string[] {
    return this.#found.get(idOf(name))?.refusals ?? [];
  }

  /** Looks at an Application's windows, unless nothing can have changed since. @returns whether {@link refusals} says anything else now */
  async look(inventory: Inventory, tracked: Tracked, signal: AbortSignal): Promise<boolean> {
    const id = idOf(tracked.name);
    const before = this.#found.get(id);
    const application = tracked.object as Application;
    const project = tracked.object.kind === 'Application' ? projectOf(inventory, application) : undefined;
    if (!project?.spec?.syncWindows?.length) {
      this.#found.delete(id);
      return before !== undefined && before.refusals.length > 0;
    }
    const destination = JSON.stringify(application.spec.destination);
    if (before?.project === project && before.destination === destination && before.until > Date.now()) return false;
    const refusals = await windowRefusals(this.#rendering, { inventory, tracked }, signal);
    this.#found.set(id, { project, destination, until: Date.now() + remembered, refusals });
    return refusals.join() !== (before?.refusals ?? []).join();
  }

  /** Looks again at all that were looked at: windows open and close by the clock. @returns whether {@link refusals} says anything else now */
  async lookAgain(inventory: Inventory, signal: AbortSignal): Promise<boolean> {
    const known = [...this.#found.keys()].flatMap((id) => inventory.objects.get(id) ?? []);
    return (await Promise.all(known.map((each) => this.look(inventory, each, signal)))).includes(true);
  }
}
