// A chart of the size of an ingress controller's after an edit of its values, beside `helm template` started anew and beside Helm's
// library in a process that is kept.
import { writeFile } from 'node:fs/promises';
import { helm, helmTemplate } from '../fidelity/helm.ts';
import { chartValues, writeChart } from './measure/controller-chart.ts';
import { openBench, renderAfter } from './measure/engines.ts';
import { report, sideBySide } from './measure/figures.ts';
import { startLibrary } from './measure/library.ts';
import { type TemplateRequest, plainTemplate } from '../../server/src/engine/engine.ts';

const rounds = 15;

await using bench = await openBench();
using library = await startLibrary();
const program = await helm();
const { chart, values } = await writeChart(bench.folder);
const render: TemplateRequest = { ...plainTemplate(chart), release: 'bench', namespace: 'bench' };
report(
  'a chart with 25 templates, edited in its values',
  await sideBySide(rounds, {
    native: async (round) => {
      await writeFile(values, chartValues(round + 2));
      const began = performance.now();
      await renderAfter(bench.native, [values], { op: 'template', render });
      return performance.now() - began;
    },
    wasm: () => renderAfter(bench.wasm, [values], { op: 'template', render }),
    'helm template, spawned': async () => {
      const { status, stderr } = await helmTemplate(program, render);
      if (status !== 0) throw new Error(stderr);
    },
    'the library in one process': () => library.render({ charts: [chart] }),
  }),
);
