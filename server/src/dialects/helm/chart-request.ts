import { capabilitiesAt } from '../../model/capabilities.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Planning } from '../../model/planning.ts';
import { type RenderRequest, plainTemplate } from '../../engine/engine.ts';

type ChartPipeline = Extract<Pipeline, { readonly kind: 'chart' }>;

/** What `helm template` is asked for a chart as it lies there, named after itself. */
export function chartRequest({ chart, values }: ChartPipeline, { view, settings }: Planning): RenderRequest {
  return {
    op: 'template',
    render: {
      ...plainTemplate(chart),
      valueFiles: values === '' ? [] : [values],
      includeCRDs: true,
      ...capabilitiesAt(view.graph.snapshot, settings, chart),
    },
  };
}
