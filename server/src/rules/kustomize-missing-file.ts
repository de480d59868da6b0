import { type Rule, problemAt } from './rule.ts';
import { directoryOf, relativeTo } from '../workspace/paths.ts';
import { existing } from '../workspace/snapshot.ts';
import { nearestName } from './nearest-name.ts';

/** A path in a kustomization that leads nowhere. */
export const kustomizeMissingFile: Rule = {
  id: 'kustomize/missing-file',
  severity: 'error',
  summary: 'A kustomization names a file or folder that does not exist.',
  why: '`kustomize build` fails, and with it every overlay that uses this kustomization: Flux and Argo CD keep the last applied state.',
  example: `
-- base/kustomization.yaml --
resources:
  - deploymnt.yaml
  # ^^^^^^^^^^^^^^ error[kustomize/missing-file]: "deploymnt.yaml" does not exist. Did you mean "deployment.yaml"?
configMapGenerator:
  - name: settings
    files:
      - app.properties=config/app.properties
      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[kustomize/missing-file]: "config/app.properties" does not exist.
-- base/deployment.yaml --
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
`,
  check: ({ graph }, file) =>
    graph.referencesFrom(file).flatMap((reference) => {
      const { target } = reference;
      if (target.kind !== 'path' || existing(graph.snapshot, target.path) !== 'absent') return [];
      const written = relativeTo(directoryOf(file.path), target.path);
      const meant = nearestName(graph.snapshot, target.path);
      const advice = meant ? ` Did you mean "${relativeTo(directoryOf(file.path), meant)}"?` : '';
      return [problemAt(file, reference, `"${written}" does not exist.${advice}`)];
    }),
};
