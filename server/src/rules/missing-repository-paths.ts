import { type Problem, problemAt } from './rule.ts';
import { type LocatedPath, isMissing, locate } from '../model/repository.ts';
import { type Snapshot, existing } from '../workspace/snapshot.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { View } from '../model/view.ts';
import { groupOf } from '../workspace/kind-name.ts';
import { kindOf } from '../model/object.ts';
import { nearestName } from './nearest-name.ts';
import { relativeTo } from '../workspace/paths.ts';

/**
 * The references of a group's objects into this repository that lead to no folder; only a warning where another revision is meant.
 *
 * @param refusal Why the group's controller refuses a path as it is written, wherever it leads; undefined when it does not.
 */
export function missingRepositoryPaths(
  { graph, repositories }: View,
  file: SourceFile,
  group: string,
  refusal: (path: string) => string | undefined,
): Problem[] {
  return graph.referencesFrom(file).flatMap((reference) => {
    const { target, placed } = reference;
    if (target.kind !== 'repositoryPath' || groupOf(kindOf(placed, file.path)?.apiVersion ?? '') !== group) return [];
    const refused = refusal(target.path);
    if (refused !== undefined) return [problemAt(file, reference, refused)];
    const located = locate(graph, repositories, file, target.repository, target.path);
    if (!located) return [];
    const wrong = whatIsWrong(graph.snapshot, located);
    if (wrong === undefined) return [];
    const { elsewhere } = located;
    const problem = problemAt(file, reference, wrong);
    if (elsewhere === undefined) return [problem];
    return [{ ...problem, severity: 'warning', message: `${problem.message} It may be in "${elsewhere}", which is not checked out.` }];
  });
}

function whatIsWrong(snapshot: Snapshot, located: LocatedPath): string | undefined {
  const { root, path, certain } = located;
  const written = relativeTo(root, path);
  if (certain && existing(snapshot, path) === 'file') return `"${written}" is a file; a folder is needed here.`;
  if (!isMissing(snapshot, located)) return undefined;
  const meant = nearestName(snapshot, path);
  return `"${written}" is not in this repository.${meant ? ` Did you mean "${relativeTo(root, meant)}"?` : ''}`;
}
