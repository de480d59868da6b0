// `npm start [folder]`: opens a real VS Code with the extension on a folder, on a copy of samples/ when none is named.
// With `--cluster`, the copy is what a real cluster on this machine follows.
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../cache.ts';
import { command } from '../command.ts';
import { buildDist } from '../dist.ts';
import { openDesktop } from '../editor/desktop.ts';
import { freshRepository, sampleRemote } from '../editor/fresh-repository.ts';
import { serveInBrowser } from '../editor/in-browser.ts';
import { startSampleCluster } from '../editor/sample-cluster.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const usage = 'npm start -- [--desktop] [--cluster | folder]';
const options = { desktop: { type: 'boolean', default: false }, cluster: { type: 'boolean', default: false } } as const;

await command(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const open = values.desktop ? openDesktop : serveInBrowser;
  if (!values.cluster) return start(positionals[0], open);
  if (positionals.length > 0) throw new Error(`The cluster follows the samples, and no other folder. Usage: ${usage}`);
  await startWithCluster(open);
});

async function startWithCluster(open: typeof serveInBrowser): Promise<void> {
  await buildDist();
  using temporary = temporaryFolder('start');
  const folder = path.join(temporary.path, 'fleet');
  await using cluster = await startSampleCluster(folder);
  const { kubeconfig, argocd } = cluster;
  console.log(
    `\nA cluster follows the samples:\n    export KUBECONFIG=${kubeconfig}\n    Argo CD: ${argocd.url} (admin, ${argocd.password})`,
  );
  await open({ folder, what: 'cluster', temporary: temporary.path, env: { KUBECONFIG: kubeconfig } });
}

async function start(named: string | undefined, open: typeof serveInBrowser): Promise<void> {
  // npm changes to the checkout; the folder is meant from where the person is.
  const folder = named === undefined ? undefined : path.resolve(process.env['INIT_CWD'] ?? '', named);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${folder} is no folder. Usage: ${usage}`);
  await buildDist();

  using temporary = temporaryFolder('start');
  if (folder !== undefined) {
    await open({ folder, what: 'own', temporary: temporary.path, env: {} });
  } else {
    const samples = path.join(temporary.path, 'fleet');
    await freshRepository(path.join(root, 'samples'), samples, sampleRemote);
    await open({ folder: samples, what: 'samples', temporary: temporary.path, env: {} });
  }
}
