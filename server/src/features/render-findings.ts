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

/** A failed render as a finding on the source line that caused it; none when the folder holds no kustomization. */
export function renderFinding(view: View, directory: string, failure: string): FindingIn | undefined {
  const place = errorPlace(view.graph, directory, failure);
  return place && { path: place.file.path, finding: { code: renderCode, severity: 'error', message: failure, range: place.range } };
}
