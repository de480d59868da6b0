// `npm run test:desktop`: the API suites in a desktop VS Code, which is downloaded; for machines with a screen.
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { cacheRoot, root } from '../cache.ts';
import { command } from '../command.ts';
import { buildDist } from '../dist.ts';
import { freshRepository, sampleRemote } from '../editor/fresh-repository.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { bundleForHost } from '../../test/e2e/support/host-bundle.ts';

await command(async () => {
  await buildDist();
  using host = await bundleForHost();
  const vscodeExecutablePath = await download();
  using temporary = temporaryFolder('desktop');
  const folder = path.join(temporary.path, 'fleet');
  await freshRepository(path.join(root, 'samples'), folder, sampleRemote);
  const launchArgs = [folder, '--disable-workspace-trust', '--disable-extensions', '--user-data-dir', path.join(temporary.path, 'data')];
  await runTests({ vscodeExecutablePath, extensionDevelopmentPath: root, extensionTestsPath: host.module, launchArgs });
});

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ cachePath: path.join(cacheRoot(), 'vscode-desktop') });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`VS Code could not be downloaded (${reason}): \`npm test\` runs the same suites without that.`, { cause: error });
  }
}
