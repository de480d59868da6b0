// The tiers that run what they test.
import { ClusterUnavailable } from '../../test/cluster/programs.ts';
import { prepareCluster } from '../../test/cluster/prepare.ts';
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
    await runNodeTests(['{client,server,cli,protocol,schemas,scripts,syntaxes,samples,test/fuzz,test/servers}/**/*.test.ts'], report);
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

/** Against real controllers; skipped, with the reason, where there can be none. */
export const cluster: Tier = {
  name: 'cluster',
  what: 'a real Kubernetes with Flux and Argo CD',
  shows: 'each test',
  async run(report) {
    const start = performance.now();
    const missing = await prepareCluster().then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof ClusterUnavailable) return error.message;
        throw error;
      },
    );
    if (missing !== undefined) {
      report({ title: 'all tests with a cluster', outcome: 'skipped', ms: performance.now() - start, details: missing });
      return;
    }
    // Each file has a cluster of its own, of about 1 GB.
    await runNodeTests(['test/cluster/**/*.test.ts'], report, 2);
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
