// Which objects are rendered, and by whose dialect.
import type { FoundObject, Planned, Planning, Refusal } from '../model/planning.ts';
import type { RenderRequest } from '../engine/engine.ts';
import { planApplication } from './argocd/plan-application.ts';
import { planApplicationSet } from './argocd/plan-application-set.ts';
import { planHelmRelease } from './flux/plan-helm-release.ts';
import { planKustomization } from './flux/plan-kustomization.ts';

/** Plans the rendering of an object of one kind. */
export type Planner = (found: FoundObject, planning: Planning) => Promise<Planned<RenderRequest> | Refusal>;

const planners: ReadonlyMap<string, Planner> = new Map<string, Planner>([
  ['argoproj.io/Application', planApplication],
  ['argoproj.io/ApplicationSet', planApplicationSet],
  ['kustomize.toolkit.fluxcd.io/Kustomization', planKustomization],
  ['helm.toolkit.fluxcd.io/HelmRelease', planHelmRelease],
]);

/** How objects of a kind are rendered; undefined for kinds that no controller renders. */
export function plannerOf(group: string, kind: string): Planner | undefined {
  return planners.get(`${group}/${kind}`);
}
