import type { Destination } from './clusters.ts';
import { pipelineLabel } from '../model/pipeline.ts';

// A heading is one line; its hover has room for all.
const mostNamed = 2;
const mostListed = 20;

/** A destination in a few words: `cluster dev`, `deployed by Kustomization shop to dev`; empty when nothing can be told. */
export function destinationInBrief({ clusters, by }: Destination): string {
  if (by.length === 0) return clusters.length === 0 ? '' : `${clusters.length === 1 ? 'cluster' : 'clusters'} ${fewOf(clusters)}`;
  const named = by.map(({ pipeline: { objectKind, name }, clusters: its }) => `${objectKind} ${name}${toClusters(its)}`);
  if (by.length <= mostNamed) return `deployed by ${named.join(' and ')}`;
  return `deployed by ${by.length} objects${toClusters(clusters)}`;
}

/**
 * A destination as sentences and lists in Markdown; empty when nothing can be told.
 *
 * @param placeOf A folder or file for people.
 */
export function destinationText({ clusters, by }: Destination, placeOf: (path: string) => string): readonly string[] {
  if (by.length === 0) return clusters.slice(0, mostListed).map((cluster) => `cluster ${cluster}`);
  const lines = by.map(
    ({ pipeline, clusters: its }) => `${pipelineLabel(pipeline, placeOf)}${its.length === 0 ? '' : ` to ${its.join(', ')}`}`,
  );
  return lines.length > mostListed ? [...lines.slice(0, mostListed), `${lines.length - mostListed} more`] : lines;
}

function toClusters(clusters: readonly string[]): string {
  return clusters.length === 0 ? '' : ` to ${fewOf(clusters)}`;
}

function fewOf(clusters: readonly string[]): string {
  return clusters.length <= mostNamed ? clusters.join(' and ') : `${clusters.length} clusters`;
}
