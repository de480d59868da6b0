import type { Dialect } from '../model/reference.ts';
import { argocd } from './argocd/dialect.ts';
import { flux } from './flux/dialect.ts';
import { kustomize } from './kustomize/dialect.ts';

/** Every tool that Drydock knows. */
export const dialects: readonly Dialect[] = [kustomize, flux, argocd];
