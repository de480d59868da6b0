import { groupOf } from '../api-resources.ts';
import type { LiveObject } from '../live-object.ts';
import { watchedKinds } from '../kinds.ts';
import { type Inventory, idOf } from '../tree/inventory.ts';
import type { Application } from './application.ts';

/** An AppProject, as far as it is read. */
export interface AppProject extends LiveObject {
  readonly spec?: { readonly syncWindows?: readonly ProjectWindow[] };
}

/** One of its `spec.syncWindows`. */
export interface ProjectWindow {
  readonly kind?: string;
  readonly schedule?: string;
  readonly duration?: string;
  readonly applications?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly clusters?: readonly string[];
  readonly manualSync?: boolean;
  readonly andOperator?: boolean;
  readonly timeZone?: string;
  readonly description?: string;
}

/**
 * The project of an Application; undefined when it is not known.
 *
 * It is in the namespace of Argo CD, which may be another one than the Application's: then the only one of that name is taken.
 */
export function projectOf(inventory: Inventory, application: Application): AppProject | undefined {
  const name = application.spec.project || 'default';
  const kind = 'AppProject';
  const group = watchedKinds.find((each) => each.kind === kind)?.group ?? groupOf(application.apiVersion);
  const beside = inventory.objects.get(idOf({ group, kind, namespace: application.metadata.namespace ?? '', name }));
  if (beside) return beside.object as AppProject;
  const named = [...inventory.objects.values()].filter((each) => each.name.kind === kind && each.name.name === name);
  return named.length === 1 ? (named[0]?.object as AppProject | undefined) : undefined;
}

/** A window in words: `allow from '0 22 * * *' for 1h (Europe/Vienna)`. */
export function windowWords({ kind, schedule = '', duration = '', timeZone = '', description = '' }: ProjectWindow): string {
  return `${kind ?? 'window'} from '${schedule}' for ${duration} (${timeZone || 'UTC'})${description === '' ? '' : `: ${description}`}`;
}

/** The offset of a time zone from UTC at a time, in seconds; UTC's for what is none, as in Argo CD. */
export function offsetOf(timeZone: string, at: Date): number {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: timeZone || 'UTC', timeZoneName: 'longOffset' });
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = /^GMT([+-])(\d+):(\d+)(?::(\d+))?$/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  } catch {
    return 0; // a RangeError: no time zone has that name
  }
}
