// Argo CD's own code, built from source into a program that answers without its servers: argocd-oracle (argocd/main.go).
import { spawn } from 'node:child_process';
import path from 'node:path';
import { product, root } from '../../scripts/cache.ts';
import { run } from '../../scripts/process.ts';
import { helm } from './helm.ts';
import { kustomize } from './kustomize.ts';

const folder = 'test/fidelity/argocd';

/** Builds argocd-oracle through the Go module proxy, unless it is built already; gives the program's path. Takes minutes. */
export async function argocdOracle(): Promise<string> {
  const facts = [(await run('go', ['env', 'GOVERSION'])).trim()];
  const made = await product('argocd-oracle', { paths: [folder], facts }, async (into) => {
    const args = ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', path.join(into, program), '.'];
    await run('go', args, { cwd: path.join(root, folder), env: { CGO_ENABLED: '0' } });
  });
  return path.join(made, program);
}

const program = process.platform === 'win32' ? 'argocd-oracle.exe' : 'argocd-oracle';

/** Asks argocd-oracle: gives what a subcommand answers to `input`. It finds the real kustomize and helm on PATH. */
export async function askArgocd<Answer>(subcommand: string, input: unknown): Promise<Answer> {
  const oracle = await argocdOracle();
  const tools = [await kustomize(), await helm()].map((tool) => path.dirname(tool));
  const env = { ...process.env, PATH: [...tools, process.env['PATH'] ?? ''].join(path.delimiter) };
  const child = spawn(oracle, [subcommand], { env, stdio: 'pipe' });
  let output = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  child.stdin.on('error', () => {}); // a program that fails early does not read it
  child.stdin.end(JSON.stringify(input));
  const status = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (status !== 0) throw new Error(`argocd-oracle ${subcommand} ended with exit status ${status}:\n${log}`);
  return JSON.parse(output) as Answer;
}
