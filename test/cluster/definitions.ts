// The custom resource definitions of Flux and Argo CD, out of their Go modules.
import { copyFile, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { product, root } from '../../scripts/cache.ts';
import { requiredVersion } from '../../scripts/edited-module.ts';
import { run } from '../../scripts/process.ts';
import { step } from '../../scripts/progress.ts';
import type { Api, KubernetesObject } from './api.ts';
import { conditionOf, converged } from './converge.ts';
import { ClusterUnavailable } from './programs.ts';

/** A module whose zip holds definitions, and where. */
interface Definitions {
  readonly module: string;
  readonly version: string;
  readonly folder: string;
  readonly files: RegExp;
}

/** Folder with the definitions of Flux's sources, Kustomizations and HelmReleases. Throws {@link ClusterUnavailable}. */
export async function fluxDefinitions(): Promise<string> {
  const goMod = path.join(root, 'test/cluster/tools/flux/go.mod');
  const of = async (controller: string, pinned: string): Promise<Definitions> => ({
    module: `github.com/fluxcd/${controller}`,
    version: await requiredVersion(goMod, `github.com/fluxcd/${pinned}`),
    folder: 'config/crd/bases',
    files: /\.yaml$/,
  });
  return collect('flux', [
    await of('kustomize-controller', 'kustomize-controller'),
    await of('helm-controller', 'helm-controller'),
    await of('source-controller', 'source-controller/api'),
  ]);
}

/** Folder with the definitions of Argo CD's Applications, ApplicationSets and AppProjects. Throws {@link ClusterUnavailable}. */
export async function argocdDefinitions(): Promise<string> {
  const module = 'github.com/argoproj/argo-cd/v3';
  const version = await requiredVersion(path.join(root, 'test/cluster/tools/argocd/go.mod'), module);
  return collect('argocd', [{ module, version, folder: 'manifests/crds', files: /-crd\.yaml$/ }]);
}

/** Applies every definition in a folder, and waits until the API server serves the new kinds. */
export async function applyDefinitions(api: Api, folder: string): Promise<void> {
  const files = await readdir(folder);
  await Promise.all(files.map(async (file) => applyDefinition(api, await readFile(path.join(folder, file), 'utf8'))));
}

/** As {@link applyDefinitions}, of a YAML text with one definition. */
export async function applyDefinition(api: Api, yaml: string): Promise<void> {
  await api.apply(yaml);
  const { metadata } = parse(yaml) as KubernetesObject;
  const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: metadata.name, namespace: '' };
  await converged(api, definition, 'served', (object) => conditionOf(object, 'Established')?.status === 'True');
}

function collect(name: string, all: readonly Definitions[]): Promise<string> {
  return product(`cluster-definitions-${name}`, { paths: [], facts: [JSON.stringify(all)] }, (made) =>
    step(`custom resource definitions of ${name}`, async () => {
      for (const { module, version, folder, files } of all) {
        const from = path.join(await download(`${module}@${version}`, made), folder);
        for (const file of await readdir(from)) if (files.test(file)) await copyFile(path.join(from, file), path.join(made, file));
      }
    }),
  );
}

/** Gets a module as files; `cwd` is in no module. */
async function download(module: string, cwd: string): Promise<string> {
  try {
    const { Dir } = JSON.parse(await run('go', ['mod', 'download', '-json', module], { cwd })) as { readonly Dir: string };
    return Dir;
  } catch (error) {
    throw new ClusterUnavailable(`${module} could not be downloaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}
