import type { Dialect } from '../../model/reference.ts';
import { objectsMade } from './objects-made.ts';
import { references } from './references.ts';

/** Flux: sources, Kustomizations, HelmReleases, notifications, image automation. */
export const flux: Dialect = { name: 'Flux', references, objectsMade };
