import { type Rule, problemAt } from './rule.ts';
import { directoryOf, relativeTo } from '../workspace/paths.ts';
import { cycleThrough } from '../model/reach.ts';
import { folderOf } from '../workspace/snapshot.ts';
import { isKustomizationFile } from '../model/graph.ts';

/** Kustomizations that include each other. */
export const kustomizeCycle: Rule = {
  id: 'kustomize/cycle',
  severity: 'error',
  summary: 'A kustomization includes itself, directly or through others.',
  why: '`kustomize build` ends with "cycle detected" for every kustomization on the way.',
  example: `
-- a/kustomization.yaml --
resources:
  - ../b
  # ^^^^ error[kustomize/cycle]: This leads back to this kustomization: a → b → a. Remove one of these entries.
-- b/kustomization.yaml --
resources:
  - ../a
  # ^^^^ error[kustomize/cycle]: This leads back to this kustomization: b → a → b. Remove one of these entries.
`,
  check: ({ graph }, file) => {
    if (!isKustomizationFile(file)) return [];
    const directory = directoryOf(file.path);
    const root = folderOf(graph.snapshot, file.path) ?? '/';
    return graph.referencesFrom(file).flatMap((reference) => {
      const { target } = reference;
      if (target.kind !== 'path' || target.expects === 'file') return [];
      const way = cycleThrough(graph, directory, target.path);
      if (!way) return [];
      const named = way.map((place) => relativeTo(root, place)).join(' → ');
      return [problemAt(file, reference, `This leads back to this kustomization: ${named}. Remove one of these entries.`)];
    });
  },
};
