// What is to be told about a rendering in the sources, whether it failed or not.
import { type FindingIn, isNotFetched, notFetchedAt, renderFindings } from './render-findings.ts';
import type { ApplicationDetails } from '../engine/application.ts';
import type { FluxDetails } from '../engine/flux.ts';
import type { GeneratedApplications } from '../engine/application-set.ts';
import type { ObjectPipeline, Pipeline } from '../model/pipeline.ts';
import type { Deployed } from '../model/deployed.ts';
import type { Source } from '../engine/source.ts';
import type { View } from '../model/view.ts';
import { deployedSource } from '../dialects/argocd/deployed-source.ts';
import { applicationSetFindings } from './application-set-findings.ts';
import { directoryOf } from '../workspace/paths.ts';
import { fluxFindings } from './flux-findings.ts';

/** What came of rendering a pipeline. */
export interface PipelineOutcome {
  /** What was rendered last. */
  readonly yaml: string | undefined;
  /** Why the sources don't render, in the tool's words; undefined when they do. */
  readonly failure: string | undefined;
  /** The failure is Drydock's own, and no mistake of the sources. */
  readonly refused: boolean;
  /** What lies elsewhere and would be needed. */
  readonly missing: readonly Source[];
  /** What the engine gives beside the YAML, in the form of the request's op. */
  readonly details: unknown;
}

/** What is wrong in the sources by what came of rendering them; those that a fetch may mend are marked so. */
export function outcomeFindings(view: View, pipeline: Pipeline, outcome: PipelineOutcome): FindingIn[] {
  const { failure, refused, missing } = outcome;
  if (refused) return [];
  const found =
    failure === undefined
      ? renderedFindings(view, pipeline, outcome)
      : renderFindings(view, pipeline, failure, missing, deployedOf(view, pipeline, outcome));
  if (missing.length === 0) return found;
  if (failure === undefined)
    return found.some(({ finding }) => isNotFetched(finding)) ? found : [...found, ...notFetchedAt(view, pipeline, missing)];
  return found.map(({ path, finding }) => ({
    path,
    finding: finding.severity === 'information' ? finding : { ...finding, data: { fetch: true } },
  }));
}

// The engine knows more than an object's fields tell: which of an Application's sources it was, and which values were laid over the chart's; from
// which folder an artifact has what a Flux Kustomization applies.
function deployedOf(view: View, pipeline: Pipeline, { details }: PipelineOutcome): Deployed | undefined {
  if (pipeline.kind !== 'object' || details === undefined) return undefined;
  if (pipeline.objectKind === 'Application') return deployedSource(view, pipeline, details as ApplicationDetails);
  const { kustomization = '' } = pipeline.objectKind === 'Kustomization' ? (details as FluxDetails) : {};
  return kustomization.startsWith('/') ? { kind: 'kustomization', directory: directoryOf(kustomization) } : undefined;
}

function renderedFindings(view: View, pipeline: Pipeline, { yaml, details }: PipelineOutcome): FindingIn[] {
  if (pipeline.kind !== 'object' || details === undefined) return [];
  return detailFindings.get(pipeline.objectKind)?.(view, pipeline, details, yaml ?? '') ?? [];
}

type DetailFindings = (view: View, pipeline: ObjectPipeline, details: unknown, yaml: string) => FindingIn[];

// By the kind of object, because that decides which op the details are of.
const detailFindings: ReadonlyMap<string, DetailFindings> = new Map<string, DetailFindings>([
  ['ApplicationSet', (view, pipeline, details) => applicationSetFindings(view, pipeline, details as GeneratedApplications)],
  ['Kustomization', (view, pipeline, details, yaml) => fluxFindings(view, pipeline, details as FluxDetails, yaml)],
]);
