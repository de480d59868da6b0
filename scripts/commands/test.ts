// `npm test [-- tier …]`: runs all tiers, or those that are named, and counts.
import { exitOnSignals } from '../at-exit.ts';
import { seconds } from '../progress.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { deadCode, imports, lint, types } from '../tiers/static.ts';
import { cluster, e2e, fidelity, go, packaged, unit } from '../tiers/dynamic.ts';
import { type Outcome, runTier } from '../tiers/run-tier.ts';
import type { Tier } from '../tiers/tier.ts';

/** Quick ones first. One after the other: each of them keeps all cores busy. */
const tiers: readonly Tier[] = [types, imports, lint, deadCode, unit, go, fidelity, packaged, cluster, e2e];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !tiers.some((tier) => tier.name === name));
if (unknown.length > 0) {
  console.error(`There is no tier '${unknown.join("', '")}'. The tiers are: ${tiers.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

exitOnSignals();
const start = performance.now();
// Many of the processes load the same modules: what one has compiled serves the next.
using compiled = temporaryFolder('compiled');
process.env['NODE_COMPILE_CACHE'] = compiled.path;
const results: { readonly tier: Tier; readonly outcome: Outcome }[] = [];
for (const tier of tiers.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  results.push({ tier, outcome: await runTier(tier) });

// Once more, since of a long output people, and what keeps it, see the end.
const failures = results.flatMap(({ outcome }) => outcome.failures);
if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
console.log('');
for (const { tier, outcome } of results)
  console.log(`${outcome.failed > 0 ? '✗' : '✓'} ${tier.name.padEnd(10)} ${told(outcome)} (${outcome.time})`);
console.log(`All in ${seconds(start)}.\n`);
const sum = (of: 'passed' | 'failed' | 'skipped'): number => results.reduce((total, { outcome }) => total + outcome[of], 0);
console.log(told({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }));
process.exit(sum('failed') > 0 ? 1 : 0);

function told({ passed, failed, skipped }: Pick<Outcome, 'passed' | 'failed' | 'skipped'>): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
