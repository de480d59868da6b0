// Bases and overlays as people write them, only that all resources look alike.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a base and its overlay have. */
export interface Size {
  readonly resources: number;
  readonly patches: number;
}

/** Writes a base of Deployments and Services, each in a file; gives its folder. */
export async function writeBase(resources: number, folder: string): Promise<string> {
  const base = path.join(folder, 'base');
  await mkdir(base, { recursive: true });
  const names = Array.from({ length: resources }, (_, index) => `resource-${index}.yaml`);
  await writeFile(path.join(base, 'kustomization.yaml'), `resources: [${names.join(', ')}]\n`);
  for (const [index, name] of names.entries()) await writeFile(path.join(base, name), index % 2 === 0 ? deployment(index) : service(index));
  return base;
}

/** Writes an overlay beside a base, which changes all its resources and patches some; gives its folder. */
export async function writeOverlay({ resources, patches }: Size, folder: string, name = 'overlay'): Promise<string> {
  const overlay = path.join(folder, name);
  await mkdir(overlay);
  const patchNames = Array.from({ length: patches }, (_, index) => `patch-${index}.yaml`);
  const patchEntries = patchNames.map((file) => `  - path: ${file}\n`).join('');
  await writeFile(
    path.join(overlay, 'kustomization.yaml'),
    `resources: [../base]\nnamespace: ${name}\nnamePrefix: my-\nlabels: [{pairs: {team: bench}, includeSelectors: true}]\n` +
      `images: [{name: app, newTag: "2"}]\nconfigMapGenerator: [{name: settings, literals: [A=1]}]\npatches:\n${patchEntries}`,
  );
  for (const [index, file] of patchNames.entries()) await writeFile(path.join(overlay, file), patch((index * 2) % resources, 3));
  return overlay;
}

/** A Deployment of the base, of one more version than the last. */
export function deployment(index: number, version = 1): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: app-${index}}
spec:
  replicas: 1
  selector: {matchLabels: {app: app-${index}}}
  template:
    metadata: {labels: {app: app-${index}}}
    spec:
      containers:
        - name: app
          image: app:1
          ports: [{containerPort: 8080}]
          env: [{name: VERSION, value: "${version}"}]
          envFrom: [{configMapRef: {name: settings}}]
          resources: {requests: {cpu: 100m, memory: 64Mi}}
`;
}

function service(index: number): string {
  return `apiVersion: v1
kind: Service
metadata: {name: app-${index}}
spec:
  selector: {app: app-${index - 1}}
  ports: [{port: 80, targetPort: 8080}]
`;
}

/** A patch of a Deployment. */
export function patch(index: number, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: app-${index}}
spec: {replicas: ${replicas}, template: {spec: {containers: [{name: app, env: [{name: PATCHED, value: "yes"}]}]}}}
`;
}
