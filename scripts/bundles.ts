// The JavaScript of the product: one file for each program, made by esbuild.
import { type BuildOptions, build } from 'esbuild';
import { product, root } from './cache.ts';

/** Source files by the name of what is made of them. */
const commonJs = {
  client: 'client/src/extension.ts',
  server: 'server/src/lsp/main.ts',
  'wasm-worker': 'server/src/engine/wasm-worker.ts',
};
const modules = { cli: 'cli/src/main.ts' };

const base = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // yaml-language-server's `main` is a UMD bundle that esbuild can't look through.
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
} satisfies BuildOptions;

/**
 * Bundles the client, the server and the command line, unless they are current.
 *
 * @returns Absolute path of the folder with `client.cjs`, `server.cjs`, `wasm-worker.cjs` and `cli.mjs`.
 */
export function bundles(): Promise<string> {
  const paths = ['client', 'server', 'cli', 'protocol', 'package-lock.json', 'scripts/bundles.ts'];
  return product('bundles', { paths, facts: [] }, async (folder) => {
    await build({
      ...base,
      entryPoints: commonJs,
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      target: 'node22', // what the oldest supported VS Code runs its extensions with
      external: ['vscode'],
      define: { 'import.meta.dirname': '__dirname' },
    });
    await build({
      ...base,
      entryPoints: modules,
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      format: 'esm',
      target: 'node22',
      // Dependencies that are CommonJS ask for Node's own modules by `require`, which a module does not have.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
  });
}
