// The tiers that read the code without running it.
import path from 'node:path';
import { root } from '../cache.ts';
import { run } from '../process.ts';
import { checkImports } from './import-order.ts';
import { type Tier, reportCheck } from './tier.ts';

/** TypeScript's own check of everything. */
export const types: Tier = checks('types', 'type check', [['TypeScript', tool('typescript/bin/tsc', '-p', '.', '--pretty', 'false')]]);

/** Rules of code and layout; the configuration is eslint.config.mjs and .prettierrc.json. */
export const lint: Tier = checks('lint', 'lint and layout', [
  ['ESLint', tool('eslint/bin/eslint.js', '.', '--max-warnings', '0')],
  ['Prettier', tool('prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn')],
]);

/** Files, exports and dependencies that nothing uses. */
export const deadCode: Tier = checks('dead-code', 'unused files, exports and dependencies', [
  ['Knip', tool('knip/bin/knip.js', '--no-progress')],
]);

/** Which room may import which. */
export const imports: Tier = {
  name: 'imports',
  what: 'order of imports',
  shows: 'failures',
  run: checkImports,
};

function checks(name: string, what: string, all: readonly (readonly [title: string, check: () => Promise<unknown>])[]): Tier {
  return {
    name,
    what,
    shows: 'failures',
    async run(report) {
      for (const [title, check] of all) await reportCheck(report, title, check);
    },
  };
}

function tool(file: string, ...args: readonly string[]): () => Promise<string> {
  return () => run(process.execPath, [path.join(root, 'node_modules', ...file.split('/')), ...args]);
}
