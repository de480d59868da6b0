// The engine's module as it is built and tested: with edited copies of the modules that it calls.
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { root } from './cache.ts';
import { type EditedModule, editedModule } from './edited-module.ts';
import { argocdModule, gitopsEngineModule } from './gitops-engine-module.ts';
import { helmModule } from './helm-module.ts';
import { jsonSchemaModule } from './json-schema-module.ts';
import { kustomizeModule } from './kustomize-module.ts';
import { kyamlModule } from './kyaml-module.ts';
import { run } from './process.ts';

const editedModules: readonly EditedModule[] = [
  argocdModule,
  gitopsEngineModule,
  helmModule,
  jsonSchemaModule,
  kustomizeModule,
  kyamlModule,
];

/** The scripts that decide what is staged. */
export const stageScripts: readonly string[] = [
  'scripts/edited-module.ts',
  'scripts/stage-engine.ts',
  ...new Set(editedModules.flatMap(({ scripts }) => scripts)),
];

/**
 * Copies the engine's module to a folder, with the edited modules beside it. Paths in it are relative, so that what is built
 * there does not depend on where it was built.
 */
export async function stageEngine(folder: string): Promise<void> {
  await cp(path.join(root, 'engine'), folder, { recursive: true });
  for (const edited of editedModules) {
    const inside = `_${edited.name}-module`;
    await cp(await editedModule(edited), path.join(folder, inside), { recursive: true });
    await run('go', ['mod', 'edit', `-replace=${edited.module}=./${inside}`], { cwd: folder });
  }
}
