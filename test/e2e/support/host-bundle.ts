// Bundles the API suites, since the extension host takes JavaScript only.
import { globSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../../../scripts/cache.ts';
import { temporaryFolder } from '../../../scripts/temporary-folder.ts';

/** The bundled suites, deleted when they go out of scope. */
export interface HostBundle extends Disposable {
  /** Absolute path of the module for `extensionTestsPath`. */
  readonly module: string;
}

/** Bundles test/e2e/api/*.test.ts and what runs them, into a folder of their own: another run may be under way. */
export async function bundleForHost(): Promise<HostBundle> {
  // Inside the checkout, so that the host finds Mocha, which can't be bundled.
  const folder = temporaryFolder('suites', path.join(root, 'out'));
  const suites = globSync('test/e2e/api/*.test.ts', { cwd: root });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/support/host.ts', ...suites],
    outdir: folder.path,
    entryNames: '[name]',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    define: { 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
  });
  return { module: path.join(folder.path, 'host.cjs'), [Symbol.dispose]: () => folder[Symbol.dispose]() };
}
