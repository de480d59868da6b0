// A chart packed by source-controller's own code.
import type { Answering } from '../../fidelity/flux-controllers.ts';
import { SourceError } from './artifact.ts';

interface Packed {
  readonly error?: string;
  readonly name: string;
  readonly version: string;
  readonly summary: string;
}

/** Where a chart is (a folder of a repository, or a name in a Helm repository), and what becomes of it. */
export interface ChartRequest {
  readonly root?: string;
  readonly repository?: string;
  readonly chart: string;
  readonly version?: string;
  /** The package that is made, an absolute path. */
  readonly to: string;
  readonly valuesFiles?: readonly string[];
  readonly ignoreMissingValuesFiles?: boolean;
  readonly versionMetadata?: string;
}

/** Packs a chart. Throws SourceError. */
export async function packedChart(packer: Answering, request: ChartRequest): Promise<Packed> {
  const packed = (await packer.ask(request)) as Packed;
  if (packed.error !== undefined) throw new SourceError('ChartPackageError', packed.error);
  return packed;
}
