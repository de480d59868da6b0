import { capabilitiesAt } from '../../model/capabilities.ts';
import type { Planning } from '../../model/planning.ts';
import type { RenderRequest } from '../../engine/engine.ts';

/** What `helm template` is asked for a chart as it lies there: its own values, named after itself. */
export function chartRequest(chart: string, { view, settings }: Planning): RenderRequest {
  const none = { valueFiles: [], values: '', set: [], setString: [] };
  return {
    op: 'template',
    render: {
      chart,
      release: '',
      namespace: 'default',
      ...none,
      includeCRDs: true,
      ...capabilitiesAt(view.graph.snapshot, settings, chart),
    },
  };
}
