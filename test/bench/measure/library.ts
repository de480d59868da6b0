// kustomize's and Helm's libraries in a process of their own: the program in ../library.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { product, root } from '../../../scripts/cache.ts';
import { requiredVersion } from '../../../scripts/edited-module.ts';
import { run } from '../../../scripts/process.ts';

/** What is rendered, one after another: absolute paths of folders. */
export interface LibraryRound {
  readonly kustomizations?: readonly string[];
  readonly charts?: readonly string[];
}

/** The running program. */
export interface Library extends Disposable {
  /** Renders, and gives the milliseconds that it took by the program's own clock. */
  render(round: LibraryRound): Promise<number>;
}

const folder = 'test/bench/library';

/** Starts the program, which is built first unless it is built already. */
export async function startLibrary(): Promise<Library> {
  for (const module of ['sigs.k8s.io/kustomize/api', 'sigs.k8s.io/kustomize/kyaml', 'helm.sh/helm/v4']) {
    const [ours, peers] = await Promise.all(['engine', folder].map((of) => requiredVersion(path.join(root, of, 'go.mod'), module)));
    if (ours !== peers) throw new Error(`${folder}/go.mod asks for ${module} ${peers}, and the engine has ${ours}: make them equal.`);
  }
  const child = spawn(await libraryProgram(), { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    render: async (round) => {
      child.stdin.write(`${JSON.stringify({ kustomizations: [], charts: [], ...round })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('The program with the libraries ended.');
      return Number(value);
    },
    [Symbol.dispose]: () => {
      child.stdin.end(); // it ends with its input
    },
  };
}

async function libraryProgram(): Promise<string> {
  const facts = [(await run('go', ['env', 'GOVERSION'])).trim()];
  const made = await product('bench-library', { paths: [folder], facts }, async (into) => {
    await run('go', ['build', '-mod=readonly', '-trimpath', '-o', into, '.'], { cwd: path.join(root, folder), env: { CGO_ENABLED: '0' } });
  });
  return path.join(made, process.platform === 'win32' ? 'library.exe' : 'library');
}
