// All overlays of a repository after an edit of their base: the engine renders them beside each other, the library in one process
// one after another.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openBench, renderAfter } from './measure/engines.ts';
import { report, sideBySide } from './measure/figures.ts';
import { deployment, writeBase, writeOverlay } from './measure/kustomizations.ts';
import { startLibrary } from './measure/library.ts';

const count = 100;
const size = { resources: 10, patches: 2 };
const rounds = 3;

await using bench = await openBench();
using library = await startLibrary();
const base = await writeBase(size.resources, bench.folder);
const directories = await Promise.all(Array.from({ length: count }, (_, index) => writeOverlay(size, bench.folder, `overlay-${index}`)));
const edited = path.join(base, 'resource-0.yaml');
const everything = (engine: typeof bench.native) => async (): Promise<void> => {
  const build = (directory: string) => ({ op: 'build', render: { directory, loadRestrictor: 'LoadRestrictionsRootOnly' } }) as const;
  await Promise.all(directories.map((directory) => renderAfter(engine, [edited], build(directory))));
};
report(
  `${count} overlays of ${size.resources} resources, edited in the base`,
  await sideBySide(rounds, {
    native: async (round) => {
      await writeFile(edited, deployment(0, round + 2));
      const began = performance.now();
      await everything(bench.native)();
      return performance.now() - began;
    },
    wasm: everything(bench.wasm),
    'the library, one after another': () => library.render({ kustomizations: directories }),
  }),
);
