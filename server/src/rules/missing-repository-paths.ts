import { type Problem, problemAt } from './rule.ts';
import { isMissing, locate } from '../model/repository.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { View } from '../model/view.ts';
import { groupOf } from '../workspace/kind-name.ts';
import { kindOf } from '../model/object.ts';
import { nearestName } from './nearest-name.ts';
import { relativeTo } from '../workspace/paths.ts';

/** The references of a group's objects into this repository that lead nowhere; only a warning where another revision is meant. */
export function missingRepositoryPaths({ graph, repositories }: View, file: SourceFile, group: string): Problem[] {
  return graph.referencesFrom(file).flatMap((reference) => {
    const { target, placed } = reference;
    if (target.kind !== 'repositoryPath' || groupOf(kindOf(placed, file.path)?.apiVersion ?? '') !== group) return [];
    const located = locate(graph, repositories, file, target.repository, target.path);
    if (!located || !isMissing(graph.snapshot, located)) return [];
    const meant = nearestName(graph.snapshot, located.path);
    const advice = meant ? ` Did you mean "${relativeTo(located.root, meant)}"?` : '';
    const { elsewhere } = located;
    const problem = problemAt(file, reference, `"${relativeTo(located.root, located.path)}" is not in this repository.${advice}`);
    if (elsewhere === undefined) return [problem];
    return [{ ...problem, severity: 'warning', message: `${problem.message} It may be in "${elsewhere}", which is not checked out.` }];
  });
}
