// The real kustomize, built from source at the version whose output the engine gives.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { product } from '../../scripts/cache.ts';
import { kustomizeVersion } from '../../scripts/engine.ts';
import { run } from '../../scripts/process.ts';
import type { LoadRestrictor } from '../../server/src/engine/engine.ts';

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

/** What a run of the command line gave. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** Runs `kustomize build` on a folder. */
export function kustomizeBuild(program: string, directory: string, loadRestrictor: LoadRestrictor): Promise<CommandOutput> {
  const child = spawn(program, ['build', '--load-restrictor', loadRestrictor, directory]);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...output, status }));
  });
}
