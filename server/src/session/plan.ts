// What the engine is asked for a pipeline.
import type { FoundObject, Planned, Planning, Refusal } from '../model/planning.ts';
import { type ObjectPipeline, type Pipeline, beginningOf } from '../model/pipeline.ts';
import { type SourceFile, sourceFile } from '../workspace/source-file.ts';
import type { Graph } from '../model/graph.ts';
import type { RenderRequest } from '../engine/engine.ts';
import { buildRequest } from '../dialects/kustomize/build-request.ts';
import { chartRequest } from '../dialects/helm/chart-request.ts';
import { objectNamed } from '../model/object.ts';
import { fileAt } from '../workspace/snapshot.ts';
import { plannerOf } from '../dialects/planners.ts';
import { resolveFrom } from '../workspace/paths.ts';

/** The engine's request for a pipeline as the workspace is now, or why there is none. */
export async function plan(pipeline: Pipeline, planning: Planning): Promise<Planned<RenderRequest> | Refusal> {
  switch (pipeline.kind) {
    case 'kustomization':
      return plain(buildRequest(pipeline.directory, planning));
    case 'chart':
      return plain(chartRequest(pipeline, planning));
    case 'object': {
      const planner = plannerOf(pipeline.group, pipeline.objectKind);
      if (!planner)
        return { refused: `${pipeline.objectKind} ${pipeline.name} renders nothing: its kind is none that a controller renders.` };
      const found = await find(pipeline, planning);
      return 'refused' in found ? found : planner(found, planning);
    }
  }
}

function plain(request: RenderRequest): Planned<RenderRequest> {
  return { request, notes: [], secrets: [], configs: [] };
}

async function find(pipeline: ObjectPipeline, { view, rendered }: Planning): Promise<FoundObject | Refusal> {
  const { within, objectKind, name } = pipeline;
  if (within.kind === 'file') {
    const file = fileAt(view.graph.snapshot, within.path);
    const document = file && objectNamed(file, pipeline)?.placed.document;
    return document ? { pipeline, document, file } : { refused: `${objectKind} ${name} is not in ${within.path} any more.` };
  }
  const yaml = await rendered(within);
  if (yaml === undefined) return { refused: `${objectKind} ${name} is part of a rendering that fails. Mend that first.` };
  const file = beginningFile(view.graph, within);
  const document = objectNamed(sourceFile(beginningOf(within), yaml), pipeline)?.placed.document;
  if (!document || !file) return { refused: `${objectKind} ${name} is no longer among what is rendered.` };
  return { pipeline, document, file };
}

function beginningFile(graph: Graph, pipeline: Pipeline): SourceFile | undefined {
  const place = beginningOf(pipeline);
  return fileAt(graph.snapshot, place) ?? graph.kustomizationAt(place)?.file ?? fileAt(graph.snapshot, resolveFrom(place, 'Chart.yaml'));
}
