// An ApplicationSet of 500 Applications, made by a list and the folders of a Git repository, beside Argo CD's own controller code in
// a process that makes them many times: what one more time takes.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { askArgocd } from '../fidelity/argocd.ts';
import { openBench, renderAfter } from './measure/engines.ts';
import { figures, report, sideBySide } from './measure/figures.ts';

const folders = 50;
const elements = 10;
const url = 'https://example.org/acme/fleet.git';
const rounds = 5;
/** How often Argo CD's code makes them in a row. */
const times = 4;

const written = (version: number): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: fleet, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators:
    - matrix:
        generators:
          - list:
              elements:
${Array.from({ length: elements }, (_, index) => `                - {cluster: c${index}, server: "https://c${index}.example.org"}\n`).join('')}
          - git:
              repoURL: ${url}
              revision: HEAD
              directories: [{path: apps/*}]
  template:
    metadata:
      name: '{{ .path.basename }}-{{ .cluster }}'
      labels: {team: '{{ .path.basename | upper | lower }}', version: "${version}"}
    spec:
      project: default
      source: {repoURL: ${url}, targetRevision: HEAD, path: '{{ .path.path }}'}
      destination: {server: '{{ .server }}', namespace: '{{ .path.basename }}'}
      syncPolicy: {automated: {prune: true}}
`;

await using bench = await openBench();
const root = path.join(bench.folder, 'repository');
for (let index = 0; index < folders; index++) {
  const folder = path.join(root, 'apps', `app-${index}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'kustomization.yaml'), 'resources: []\n');
}
const request = (round: number) =>
  ({
    op: 'applicationSet',
    render: { object: written(round), repositories: [{ url, revision: '', root }], fixture: '', newGitFileGlobbing: false },
  }) as const;
/** Milliseconds in which Argo CD's code makes them once: what many take longer than one. */
async function once(round: number): Promise<number> {
  const ask = async (count: number): Promise<number> => {
    const began = performance.now();
    const input = Array.from({ length: count }, () => ({ object: written(round), root, fixture: '', newGitFileGlobbing: false }));
    const answers = await askArgocd<{ readonly applications: readonly unknown[]; readonly error: string }[]>('applicationset', input);
    for (const { applications, error } of answers) {
      if (applications.length !== folders * elements) throw new Error(`${applications.length} Applications: ${error}`);
    }
    return performance.now() - began;
  };
  return Math.max(0, ((await ask(1 + times)) - (await ask(1))) / times);
}
report(`an ApplicationSet of ${folders * elements}, edited`, {
  ...(await sideBySide(rounds, {
    native: (round) => renderAfter(bench.native, [], request(round)),
    wasm: (round) => renderAfter(bench.wasm, [], request(round)),
  })),
  "Argo CD's code in one process": await figures(1, once),
});
