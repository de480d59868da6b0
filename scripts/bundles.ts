// The JavaScript of the product: one file for each program, made by esbuild.
import path from 'node:path';
import { type BuildOptions, type Plugin, build } from 'esbuild';
import { product, root } from './cache.ts';

/** Source files by the name of what is made of them. */
const commonJs = {
  client: 'client/src/extension.ts',
  server: 'server/src/lsp/main.ts',
  'wasm-worker': 'server/src/engine/wasm-worker.ts',
  'kubernetes-client': 'server/src/cluster/kubernetes-client.ts',
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

/** Leaves Kubernetes' client out of the programs that may ask for it, and of it the generated calls of its API, which nothing calls. */
const clientApart: Plugin = {
  name: 'kubernetes-client',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /\/kubernetes-client\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './kubernetes-client.cjs', external: true } : undefined,
    );
    // Its package does not say of itself that what is not used can be left out. Of its modules only the polyfill does something when read.
    onResolve({ filter: /./ }, async ({ path: wanted, pluginData, ...from }) => {
      const isIts = wanted === '@kubernetes/client-node' || from.resolveDir.includes(path.join('@kubernetes', 'client-node', 'dist'));
      if (!isIts || pluginData === 'asked' || wanted.endsWith('polyfill.js')) return undefined;
      return { ...(await resolve(wanted, { ...from, pluginData: 'asked' })), sideEffects: false };
    });
  },
};

/**
 * Bundles the client, the server and the command line, unless they are current.
 *
 * @returns Absolute path of the folder with `client.cjs`, `server.cjs`, `wasm-worker.cjs`, `kubernetes-client.cjs` and `cli.mjs`.
 */
export function bundles(): Promise<string> {
  const paths = ['client', 'server', 'cli', 'protocol', 'package-lock.json', 'scripts/bundles.ts'];
  return product('bundles', { paths, facts: [] }, async (folder) => {
    await build({
      ...base,
      plugins: [clientApart],
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
      plugins: [clientApart],
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
