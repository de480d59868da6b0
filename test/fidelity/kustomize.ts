// The real kustomize, built from source at the version whose output the engine gives.
import path from 'node:path';
import { product } from '../../scripts/cache.ts';
import { kustomizeVersion } from '../../scripts/engine.ts';
import { run } from '../../scripts/process.ts';
import type { LoadRestrictor } from '../../server/src/engine/engine.ts';
import { type CommandOutput, outputOf } from './command-output.ts';

const module = 'sigs.k8s.io/kustomize/kustomize/v5';

/** Builds kustomize's command line through the Go module proxy, unless it is built already; gives the program's path. */
export async function kustomize(): Promise<string> {
  const facts = [module, kustomizeVersion, (await run('go', ['env', 'GOVERSION'])).trim()];
  const folder = await product('kustomize', { paths: [], facts }, async (made) => {
    // Its module's own go.mod decides the versions of kustomize/api and kyaml: those that engine/go.mod names.
    await run('go', ['install', '-trimpath', `${module}@${kustomizeVersion}`], { env: { GOBIN: made, CGO_ENABLED: '0' } });
  });
  return path.join(folder, process.platform === 'win32' ? 'kustomize.exe' : 'kustomize');
}

/** Runs `kustomize build` on a folder. */
export function kustomizeBuild(program: string, directory: string, loadRestrictor: LoadRestrictor): Promise<CommandOutput> {
  return outputOf(program, ['build', '--load-restrictor', loadRestrictor, directory]);
}
