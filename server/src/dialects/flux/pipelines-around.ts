import type { Pipeline } from '../../model/pipeline.ts';
import type { FoundObject } from '../../model/planning.ts';
import type { Graph } from '../../model/graph.ts';
import { overlaysOf } from '../../model/reach.ts';

/** What renders an object, or, for one that is written in a file, the kustomizations that include that: its neighbours are applied as these render them. */
export function pipelinesAround(graph: Graph, { pipeline: { within }, file }: FoundObject): readonly Pipeline[] {
  return within.kind === 'file'
    ? overlaysOf(graph, file.path).map(({ directory }) => ({ kind: 'kustomization', directory }) as const)
    : [within];
}
