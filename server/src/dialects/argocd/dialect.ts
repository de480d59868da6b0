import type { Dialect } from '../../model/reference.ts';
import { references } from './references.ts';

/** Argo CD: Applications, ApplicationSets, AppProjects. */
export const argocd: Dialect = { name: 'Argo CD', references, objectsMade: () => [] };
