import type { Dialect } from '../../model/reference.ts';
import { objectsMade } from './objects-made.ts';
import { references } from './references.ts';

/** kustomize: kustomizations and components. */
export const kustomize: Dialect = { name: 'kustomize', references, objectsMade };
