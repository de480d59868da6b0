// The tiers that run what they test.
import { buildDist } from '../dist.ts';
import { runApiSuites } from '../../test/e2e/support/api-suites.ts';
import { runPageSuites } from '../../test/e2e/support/page-suites.ts';
import { runAllGoTests } from './go-test.ts';
import { runNodeTests } from './node-test.ts';
import { type Tier, reportCheck } from './tier.ts';

/** Tests that stand beside the code. */
export const unit: Tier = {
  name: 'unit',
  what: 'unit and marker tests',
  shows: 'failures',
  async run(report) {
    // Once, and not by every file of tests that needs the engine or the schemas at the same time.
    await reportCheck(report, 'npm run build', buildDist);
    await runNodeTests(['{client,server,cli,protocol,schemas,scripts,syntaxes,samples,test/fuzz}/**/*.test.ts'], report);
  },
};

/** Vet and tests of the Go modules. */
export const go: Tier = {
  name: 'go',
  what: 'Go: the engine, the reader of upstream types',
  shows: 'failures',
  async run(report) {
    await runAllGoTests(report);
  },
};

/** Comparison with the tools that users have. */
export const fidelity: Tier = {
  name: 'fidelity',
  what: 'byte for byte what the real tools print',
  shows: 'failures',
  run: (report) => runNodeTests(['test/fidelity/**/*.test.ts'], report),
};

/** The .vsix and the command in dist/. */
export const packaged: Tier = {
  name: 'package',
  what: 'what is in the package',
  shows: 'each test',
  async run(report) {
    await buildDist();
    await runNodeTests(['test/package/**/*.test.ts'], report);
  },
};

/** Inside a real VS Code: through its API, and by its window. */
export const e2e: Tier = {
  name: 'e2e',
  what: 'in a real VS Code',
  shows: 'each test',
  async run(report) {
    await buildDist();
    await runApiSuites(report);
    await runPageSuites(report);
  },
};
