// Kinds that moved on: the apiVersion has no schema, but another version of the same kind has.
import type { YamlTree } from '../workspace/yaml-document.ts';
import { nodeAt } from '../workspace/yaml-path.ts';
import type { SchemaFinding } from './finding.ts';
import type { KindName } from '../workspace/kind-name.ts';
import type { SchemaPool } from './pool.ts';
import { alternatives, projectNames } from './words.ts';

/** A warning at the apiVersion, when only other versions of the kind are served; nothing for unknown kinds. */
export function unservedVersion(pool: SchemaPool, tree: YamlTree, { apiVersion, kind }: KindName): SchemaFinding[] {
  const served = pool.otherVersions({ apiVersion, kind });
  const [first] = served;
  const range = nodeAt(tree, ['apiVersion'])?.range;
  if (!first || !range) return [];
  const versions = served.map((entry) => entry.apiVersion);
  return [
    {
      start: range[0],
      end: range[1],
      code: 'unserved-version',
      severity: 'warning',
      message: `${projectNames[first.project]} ${first.version} has no ${kind} in \`${apiVersion}\`. Use ${alternatives(versions)}.`,
      path: ['apiVersion'],
      ...(versions.length === 1 && { replacement: first.apiVersion }),
    },
  ];
}
