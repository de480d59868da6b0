import type { Finding } from '../rules/rule.ts';
import type { View } from '../model/view.ts';
import { errorPlace } from '../dialects/kustomize/error-place.ts';

/** A finding and the file that it is in. */
export interface FindingIn {
  readonly path: string;
  readonly finding: Finding;
}

/** The code of findings that come from rendering. */
export const renderCode = 'render';

// What kustomize could render, and Drydock does not: no mistake of the sources, and there is nothing to mend.
const limits: readonly (readonly [RegExp, string])[] = [
  [/^remote resources are not fetched/, 'Not rendered: Drydock does not fetch remote resources.'],
  [
    /HelmChartInflationGenerator[^]*must specify --enable-helm$/,
    'Not rendered: Drydock does not render Helm charts yet. kustomize does, with `--enable-helm`.',
  ],
];

/** A failed render as a finding on the source line that caused it; none when the folder holds no kustomization. */
export function renderFinding(view: View, directory: string, failure: string): FindingIn | undefined {
  const place = errorPlace(view.graph, directory, failure);
  const limit = limits.find(([words]) => words.test(failure))?.[1];
  const told =
    limit === undefined ? ({ severity: 'error', message: failure } as const) : ({ severity: 'warning', message: limit } as const);
  return place && { path: place.file.path, finding: { code: renderCode, ...told, range: place.range } };
}
