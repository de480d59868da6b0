// Makes everything that a cluster needs, one after the other, so that the files of tests find it made.
import { packer } from '../fidelity/flux-controllers.ts';
import { helm } from '../fidelity/helm.ts';
import { kustomize } from '../fidelity/kustomize.ts';
import { argocdDefinitions, fluxDefinitions } from './definitions.ts';
import { argocdPrograms, fluxPrograms, kubernetesPrograms } from './programs.ts';

/** Builds all programs and gets all definitions, unless they are there. Throws ClusterUnavailable when this machine can have no cluster. */
export async function prepareCluster(): Promise<void> {
  await kubernetesPrograms();
  await fluxPrograms();
  await argocdPrograms();
  await fluxDefinitions();
  await argocdDefinitions();
  await kustomize();
  await helm();
  (await packer())[Symbol.dispose]();
}
