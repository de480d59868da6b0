// Bundles the API suites, since the extension host takes JavaScript only.
import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../../../scripts/cache.ts';

const folder = path.join(root, 'out', 'e2e');

/**
 * Bundles test/e2e/api/*.test.ts and what runs them.
 *
 * @returns Absolute path of the module for `extensionTestsPath`.
 */
export async function bundleForHost(): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const suites = globSync('test/e2e/api/*.test.ts', { cwd: root });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/support/host.ts', ...suites],
    outdir: folder,
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
  return path.join(folder, 'host.cjs');
}
