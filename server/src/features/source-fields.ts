import type { DeclaredObject } from '../model/object.ts';
import type { Source } from '../engine/source.ts';
import { itemsOf, nodeAt, textAt } from '../workspace/yaml-path.ts';
import { treeOf } from '../workspace/yaml-document.ts';

/**
 * The fields in which an object says where that lies which it deploys, as `spec.sourceRef`; of an Application only those that mean one of
 * the missing sources.
 */
export function sourceFields({ kind, placed }: DeclaredObject, missing: readonly Source[]): string[] {
  const tree = treeOf(placed.document);
  switch (kind) {
    case 'Kustomization':
      return ['spec.sourceRef'];
    case 'HelmRelease':
      return [nodeAt(tree, ['spec', 'chartRef']) ? 'spec.chartRef' : 'spec.chart.spec.chart'];
    case 'Application': {
      const several = itemsOf(tree, nodeAt(tree, ['spec', 'sources'])).map((_, index) => ['spec', 'sources', index] as const);
      return (several.length > 0 ? several : [['spec', 'source'] as const]).flatMap((path) => {
        const url = textAt(tree, [...path, 'repoURL'])?.value;
        if (url === undefined || !missing.some((source) => withoutScheme(source.url) === withoutScheme(url))) return [];
        return [path.length === 3 ? `spec.sources[${path[2]}].repoURL` : 'spec.source.repoURL'];
      });
    }
    default:
      return [];
  }
}

// Argo CD writes the address of a registry without its scheme.
function withoutScheme(url: string): string {
  return url.replace(/^oci:\/\//, '');
}
