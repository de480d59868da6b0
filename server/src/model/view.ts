import type { Graph } from './graph.ts';
import type { Repository } from '../workspace/repository.ts';

/** All that an answer may depend on: the files of one moment, how they hang together, and the repositories they lie in. */
export interface View {
  readonly graph: Graph;
  readonly repositories: readonly Repository[];
}
