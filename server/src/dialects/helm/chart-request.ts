import { capabilitiesAt } from '../../model/capabilities.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Planning } from '../../model/planning.ts';
import type { RenderRequest } from '../../engine/engine.ts';

type ChartPipeline = Extract<Pipeline, { readonly kind: 'chart' }>;

/** What `helm template` is asked for a chart as it lies there, named after itself. */
export function chartRequest({ chart, values }: ChartPipeline, { view, settings }: Planning): RenderRequest {
  const given = { valueFiles: values === '' ? [] : [values], values: '', set: [], setString: [], setFile: [] };
  return {
    op: 'template',
    render: {
      chart,
      release: '',
      namespace: 'default',
      ...given,
      includeCRDs: true,
      skipTests: false,
      skipSchemaValidation: false,
      ...capabilitiesAt(view.graph.snapshot, settings, chart),
    },
  };
}
