import { type Rule, problemAt } from './rule.ts';
import type { Graph } from '../model/graph.ts';
import { existing } from '../workspace/snapshot.ts';
import { kustomizationFileNames } from '../model/object.ts';
import { resolveFrom } from '../workspace/paths.ts';

/** A folder among the resources that kustomize can't build. */
export const kustomizeNoKustomization: Rule = {
  id: 'kustomize/no-kustomization',
  severity: 'error',
  summary: 'A kustomization names a folder that holds no kustomization file, or a file where a folder is needed.',
  why: '`kustomize build` accepts a folder only with a `kustomization.yaml`, `kustomization.yml` or `Kustomization` in it; components are always folders.',
  example: `
-- overlays/dev/kustomization.yaml --
resources:
  - ../../base
  # ^^^^^^^^^^ error[kustomize/no-kustomization]: The folder "../../base" holds no kustomization.yaml. Add one, or name its files.
components:
  - ../../base/deployment.yaml
  # ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[kustomize/no-kustomization]: "../../base/deployment.yaml" is a file; a folder with a kustomization is needed here.
-- base/deployment.yaml --
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
`,
  check: ({ graph }, file) =>
    graph.referencesFrom(file).flatMap((reference) => {
      const { target, text } = reference;
      if (target.kind !== 'path') return [];
      const place = existing(graph.snapshot, target.path);
      if (place === 'directory' && target.expects === 'file') {
        return [problemAt(file, reference, `"${text}" is a folder; a file is needed here.`)];
      }
      if (place === 'file' && target.expects === 'kustomization') {
        return [problemAt(file, reference, `"${text}" is a file; a folder with a kustomization is needed here.`)];
      }
      if (place === 'directory' && isEmptyHanded(graph, target.path)) {
        return [problemAt(file, reference, `The folder "${text}" holds no kustomization.yaml. Add one, or name its files.`)];
      }
      return [];
    }),
};

// A kustomization that was left out of the workspace, for its size or its bytes, is there all the same; so may be one in
// a folder that was not looked into.
function isEmptyHanded({ snapshot }: Graph, directory: string): boolean {
  return kustomizationFileNames.every((name) => existing(snapshot, resolveFrom(directory, name)) === 'absent');
}
