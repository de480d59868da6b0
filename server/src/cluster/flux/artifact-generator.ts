// What is read of an ArtifactGenerator, which puts artifacts together of other sources' (source-watcher API v1beta1 of v2.2.4).
import type { LiveObject } from '../live-object.ts';
import type { FluxReference } from './flux-object.ts';

/** An ArtifactGenerator, as far as it is read. */
export interface ArtifactGenerator extends LiveObject {
  readonly spec?: {
    readonly sources?: readonly (FluxReference & { readonly alias: string })[];
    readonly artifacts?: readonly { readonly name: string; readonly copy?: readonly { readonly from: string; readonly to: string }[] }[];
  };
}

/** The sources that it copies from. */
export function generatorSources({ spec, metadata }: ArtifactGenerator): (FluxReference & { readonly namespace: string })[] {
  return (spec?.sources ?? []).map(({ kind, name, namespace = metadata.namespace ?? '' }) => ({ kind, name, namespace }));
}

/** A place in a source. */
export interface PlaceInSource {
  readonly source: FluxReference & { readonly namespace: string };
  /** Relative to the top of the source. */
  readonly path: string;
}

/** Where a folder of an artifact is copied from: the places whose files are the folder's. None where only parts of it are copied. */
export function copiedFrom({ spec, metadata }: ArtifactGenerator, artifact: string, folder: string): PlaceInSource[] {
  const operations = spec?.artifacts?.find(({ name }) => name === artifact)?.copy ?? [];
  return operations.flatMap(({ from, to }): PlaceInSource[] => {
    const [, alias, pattern = ''] = /^@([^/]+)\/(.*)$/.exec(from) ?? [];
    const source = spec?.sources?.find((each) => each.alias === alias);
    if (!source || !to.startsWith('@artifact/')) return [];
    const copied = copiedFolder(stepsOf(pattern));
    const below = copied && stepsBelow([...stepsOf(to.slice('@artifact/'.length)), ...copied.into], stepsOf(folder));
    if (!below) return [];
    const { kind, name, namespace = metadata.namespace ?? '' } = source;
    return [{ source: { kind, name, namespace }, path: [...copied.from, ...below].join('/') }];
  });
}

/** The folder that a pattern copies, and what it is called in the destination; undefined where it copies parts of folders. */
function copiedFolder(pattern: readonly string[]): { readonly from: readonly string[]; readonly into: readonly string[] } | undefined {
  const special = pattern.findIndex((step) => /[*?[\]]/.test(step));
  // As `cp` does it: a folder goes below the destination under its name, and its content into the destination itself.
  if (special < 0) return { from: pattern, into: pattern.slice(-1) };
  return special === pattern.length - 1 && pattern[special] === '**' ? { from: pattern.slice(0, -1), into: [] } : undefined;
}

function stepsBelow(above: readonly string[], steps: readonly string[]): readonly string[] | undefined {
  return above.every((step, index) => steps[index] === step) ? steps.slice(above.length) : undefined;
}

function stepsOf(path: string): string[] {
  return path.split('/').filter((step) => step !== '' && step !== '.');
}
