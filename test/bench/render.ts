// How long a hot engine takes for an overlay after an edit, beside `kustomize build` started anew and beside kustomize's library in
// a process that is kept, all in turn: only the ratios mean something on another machine.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { kustomize, kustomizeBuild } from '../fidelity/kustomize.ts';
import { openBench, renderAfter } from './measure/engines.ts';
import { report, sideBySide } from './measure/figures.ts';
import { deployment, patch, type Size, writeBase, writeOverlay } from './measure/kustomizations.ts';
import { startLibrary } from './measure/library.ts';

const sizes: readonly (Size & { readonly rounds: number })[] = [
  { resources: 4, patches: 1, rounds: 30 },
  { resources: 30, patches: 5, rounds: 15 },
  { resources: 500, patches: 20, rounds: 3 },
];
const loadRestrictor = 'LoadRestrictionsRootOnly';

await using bench = await openBench();
using library = await startLibrary();
const program = await kustomize();
for (const { rounds, ...size } of sizes) {
  const folder = path.join(bench.folder, String(size.resources));
  const base = await writeBase(size.resources, folder);
  const directory = await writeOverlay(size, folder);
  // As when someone types: first in a patch, which changes one resource, and then in a resource of the base.
  const edits: Readonly<Record<string, (round: number) => readonly [file: string, content: string]>> = {
    'a patch': (round) => [path.join(directory, 'patch-0.yaml'), patch(0, round + 4)],
    'the base': (round) => [path.join(base, 'resource-0.yaml'), deployment(0, round + 2)],
  };
  for (const [where, edit] of Object.entries(edits)) {
    report(`${size.resources} resources, ${size.patches} patches, edited in ${where}`, {
      ...(await sideBySide(rounds, {
        native: async (round) => {
          const [file, content] = edit(round);
          await writeFile(file, content);
          const began = performance.now();
          await renderAfter(bench.native, [file], { op: 'build', render: { directory, loadRestrictor } });
          return performance.now() - began;
        },
        wasm: (round) => renderAfter(bench.wasm, [edit(round)[0]], { op: 'build', render: { directory, loadRestrictor } }),
        'kustomize build, spawned': async () => {
          await kustomizeBuild(program, directory, loadRestrictor);
        },
        'the library in one process': () => library.render({ kustomizations: [directory] }),
      })),
    });
  }
}
