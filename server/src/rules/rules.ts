import type { Finding, Rule } from './rule.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { View } from '../model/view.ts';
import { argocdPathNotFound } from './argocd-path-not-found.ts';
import { fluxDependencyCycle } from './flux-dependency-cycle.ts';
import { fluxMissingDependency } from './flux-missing-dependency.ts';
import { fluxMissingSource } from './flux-missing-source.ts';
import { fluxPathNotFound } from './flux-path-not-found.ts';
import { kustomizeCycle } from './kustomize-cycle.ts';
import { kustomizeMissingFile } from './kustomize-missing-file.ts';
import { kustomizeNoKustomization } from './kustomize-no-kustomization.ts';

/** Every rule, in the order of its documentation. */
export const rules: readonly Rule[] = [
  kustomizeMissingFile,
  kustomizeNoKustomization,
  kustomizeCycle,
  fluxPathNotFound,
  fluxMissingSource,
  fluxMissingDependency,
  fluxDependencyCycle,
  argocdPathNotFound,
];

/** What all rules find in a file. */
export function checkRules(view: View, file: SourceFile): Finding[] {
  return rules.flatMap(({ id, severity, check }) => check(view, file).map((problem) => ({ severity, ...problem, code: id })));
}
