// The cluster that a Flux object is applied to, when it is another than the one that Flux runs in (`spec.kubeConfig`).
import type { DeclaredObject } from '../../model/object.ts';
import { textAt } from '../../workspace/yaml-path.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

/** The cluster that a Kustomization or HelmRelease reaches by a kubeconfig, by what that is kept in; undefined without one. */
export function kubeConfigCluster({ placed }: DeclaredObject): string | undefined {
  const tree = treeOf(placed.document);
  const named = (field: string): string | undefined => textAt(tree, ['spec', 'kubeConfig', field, 'name'])?.value;
  const name = named('secretRef') ?? named('configMapRef');
  return name === undefined ? undefined : `kubeconfig ${name}`;
}
