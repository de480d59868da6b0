import { cp } from 'node:fs/promises';
import path from 'node:path';
import { root } from './cache.ts';
import { editedModule } from './edited-module.ts';
import { helmModule } from './helm-module.ts';
import { kustomizeModule } from './kustomize-module.ts';
import { run } from './process.ts';

/** The modules of others that the engine is built with as we edit them. */
const modules = [helmModule, kustomizeModule];

/** The scripts that decide what is staged, relative to the checkout. */
export const stagingScripts = ['scripts/edited-module.ts', 'scripts/stage-engine.ts', ...modules.map(({ script }) => script)];

/**
 * Copies the engine's module to a folder, with the edited modules beside it, each in a folder of its name. Paths in it are
 * relative, so that what is built there does not depend on where it was built.
 */
export async function stageEngine(folder: string): Promise<void> {
  await cp(path.join(root, 'engine'), folder, { recursive: true });
  for (const edited of modules) {
    await cp(await editedModule(edited), path.join(folder, edited.name), { recursive: true });
    await run('go', ['mod', 'edit', `-replace=${edited.module}=./${edited.name}`], { cwd: folder });
  }
}
