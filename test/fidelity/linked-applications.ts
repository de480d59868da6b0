// An Argo CD repository that reaches its files through links. Links are made here, for a checkout may not keep them.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Application } from './applications.ts';

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

const files: Readonly<Record<string, string>> = {
  'shared/config.yaml': configMap('shared'),
  'shared/values.yaml': 'a: shared\n',
  'shared/kustomization.yaml': 'resources: [config.yaml]\n',
  'plain/own.yaml': configMap('own'),
  'kustomized/config.yaml': configMap('kustomized'),
  'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
  'chart/templates/config.yaml': `${configMap('chart')}data: {values: {{ .Values | toJson | quote }}}\n`,
};

const links: Readonly<Record<string, string>> = {
  'plain/linked.yaml': '../shared/config.yaml',
  'plain/twice.yaml': 'linked.yaml',
  'plain/dangling.yaml': 'gone.yaml',
  'plain/folder.yaml': '../shared',
  'plain/below': '../shared',
  'linked-plain': 'plain',
  'linked-kustomization': 'kustomized',
  'kustomized/kustomization.yaml': '../shared/kustomization.yaml',
  'chart/values.yaml': '../shared/values.yaml',
  'chart/more.yaml': 'values.yaml',
  'chart/files': '../shared',
};

const sources: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  plain: { path: 'plain' },
  'plain-recurse': { path: 'plain', directory: { recurse: true } },
  'linked-plain': { path: 'linked-plain' },
  'linked-plain-explicit': { path: 'linked-plain', directory: { recurse: true } },
  'linked-kustomization': { path: 'linked-kustomization' },
  'linked-kustomization-explicit': { path: 'linked-kustomization', kustomize: { namePrefix: 'p-' } },
  'linked-kustomization-file': { path: 'kustomized' },
  'linked-kustomization-file-edited': { path: 'kustomized', kustomize: { namePrefix: 'p-', commonLabels: { a: 'b' } } },
  'linked-kustomization-file-patched': { path: 'kustomized', kustomize: { patches: [{ target: { kind: 'ConfigMap' }, patch: patch() }] } },
  'linked-values': { path: 'chart', helm: { valueFiles: ['more.yaml', 'files/values.yaml'] } },
};

function patch(): string {
  return '[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]';
}

/** Fills an empty folder, and gives Applications of what is in it. */
export async function makeLinkedApplications(root: string): Promise<Application[]> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  for (const [name, target] of Object.entries(links)) await symlink(target, path.join(root, name));
  return Object.entries(sources).map(([name, source]) => ({
    metadata: { name, namespace: 'argocd' },
    spec: { source: { repoURL: 'https://git.example.org/linked.git', ...source } },
  }));
}
