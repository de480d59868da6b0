// Kustomizations that reach their files through links. Links are made here, for a checkout may not keep them.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

const files: Readonly<Record<string, string>> = {
  'real/base/kustomization.yaml': 'resources: [config.yaml]\n',
  'real/base/config.yaml': configMap('base'),
  'real/shared.yaml': configMap('shared'),
  'to-folder/kustomization.yaml': 'resources: [base]\n',
  'to-file/kustomization.yaml': 'resources: [inside.yaml]\n',
  'to-file/sub/config.yaml': configMap('inside'),
  'to-file-outside/kustomization.yaml': 'resources: [outside.yaml]\n',
  'chain/kustomization.yaml': 'resources: [first.yaml]\n',
  'chain/last.yaml': configMap('last'),
  'absolute/kustomization.yaml': 'resources: [../absolute-base]\n',
  'dangling/kustomization.yaml': 'resources: [nothing.yaml]\n',
  'loop/kustomization.yaml': 'resources: [a.yaml]\nconfigMapGenerator:\n  - {name: x, files: [a.yaml]}\n',
  'loop-folder/kustomization.yaml': 'resources: [self/self/self/config.yaml]\n',
  'loop-folder/config.yaml': configMap('looping'),
  'through-file/kustomization.yaml': 'resources: [file-link/config.yaml]\n',
  'through-file/plain.yaml': configMap('plain'),
  'cycle-by-link/kustomization.yaml': 'resources: [inner]\n',
};

const links: Readonly<Record<string, string>> = {
  'linked-kustomization': 'real/base',
  'to-folder/base': '../real/base',
  'to-file/inside.yaml': 'sub/config.yaml',
  'to-file-outside/outside.yaml': '../real/shared.yaml',
  'chain/first.yaml': 'second.yaml',
  'chain/second.yaml': './../chain/last.yaml',
  'dangling/nothing.yaml': 'gone/away.yaml',
  'loop/a.yaml': 'b.yaml',
  'loop/b.yaml': 'a.yaml',
  'loop-folder/self': '.',
  'through-file/file-link': 'plain.yaml',
  'cycle-by-link/inner': '../cycle-by-link',
};

/** Fills an empty folder, and gives the folders to build in it: some are links themselves. */
export async function makeLinkedFolders(root: string): Promise<string[]> {
  const build = new Set<string>(['linked-kustomization']);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    if (path.basename(name) === 'kustomization.yaml') build.add(path.dirname(name));
  }
  for (const [name, target] of Object.entries(links)) await symlink(target, path.join(root, name));
  await symlink(path.join(root, 'real', 'base'), path.join(root, 'absolute-base'));
  return [...build].map((name) => path.join(root, name));
}
