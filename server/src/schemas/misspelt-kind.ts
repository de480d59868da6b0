// Kinds that nothing has a schema for because they are misspelt: their apiVersion is known, and has one of nearly that name.
import { didYouMean } from '../workspace/did-you-mean.ts';
import type { KindName } from '../workspace/kind-name.ts';
import type { YamlTree } from '../workspace/yaml-document.ts';
import { nodeAt } from '../workspace/yaml-path.ts';
import type { SchemaFinding } from './finding.ts';
import type { SchemaPool } from './pool.ts';

/** An error at the kind; nothing where no known kind is like it, since other projects add kinds to the same apiVersion. */
export function misspeltKind(pool: SchemaPool, tree: YamlTree, { apiVersion, kind }: KindName): SchemaFinding[] {
  const known = pool.kinds.filter((entry) => entry.apiVersion === apiVersion).map((entry) => entry.kind);
  const meant = didYouMean(kind, known);
  const range = nodeAt(tree, ['kind'])?.range;
  if (meant === undefined || !range) return [];
  const message = `\`${apiVersion}\` has no kind \`${kind}\`. Did you mean \`${meant}\`?`;
  return [{ start: range[0], end: range[1], code: 'unknown-kind', severity: 'error', message, path: ['kind'], replacement: meant }];
}
