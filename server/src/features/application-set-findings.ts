import type { GeneratedApplications } from '../engine/application-set.ts';
import type { ObjectPipeline } from '../model/pipeline.ts';
import type { View } from '../model/view.ts';
import { type FindingIn, notFetchedFinding, renderCode } from './render-findings.ts';
import { fieldPlace } from './object-place.ts';

interface Trouble {
  readonly field: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/**
 * What keeps an ApplicationSet from giving its Applications, each at its place in it: an error where the controller stops at it, else a
 * warning. What many Applications have at one place is told once, with their number.
 */
export function applicationSetFindings(view: View, pipeline: ObjectPipeline, { applications, errors }: GeneratedApplications): FindingIn[] {
  const stopping = errors.map(({ path, message }): Trouble => ({ field: path, message, severity: 'error' }));
  const refused = applications.flatMap(({ name, error, field = 'spec.template' }): Trouble[] => {
    if (error === undefined || stopping.some((each) => each.field === field && each.message === error)) return [];
    return [{ field, message: name === '' ? error : `Application ${name}: ${error}`, severity: 'warning' }];
  });
  const byPlace = Map.groupBy([...stopping, ...refused], ({ field, severity }) => `${severity} ${field}`);
  return [...byPlace.values()].flatMap((all): FindingIn[] => {
    const [first] = all;
    const place = first && fieldPlace(view, pipeline, first.field);
    if (!first || !place) return [];
    if (all.some(({ message }) => message.includes('not fetched: '))) return [notFetchedFinding(place)];
    const others = new Set(all.map(({ message }) => message)).size - 1;
    const message = others === 0 ? first.message : `${first.message} (and ${others} more like this)`;
    return [{ path: place.path, finding: { code: renderCode, severity: first.severity, message, range: place.range } }];
  });
}
