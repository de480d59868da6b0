import { directoryOf, resolveFrom } from '../../workspace/paths.ts';
import { type Snapshot, existing } from '../../workspace/snapshot.ts';

/** Whether the file is a template of a Helm chart: text that becomes YAML only when the chart is rendered. */
export function isHelmTemplate(snapshot: Snapshot, path: string): boolean {
  for (let at = path.lastIndexOf('/templates/'); at > 0; at = path.lastIndexOf('/templates/', at - 1)) {
    if (existing(snapshot, resolveFrom(directoryOf(path.slice(0, at + '/templates'.length)), 'Chart.yaml')) === 'file') return true;
  }
  return false;
}
