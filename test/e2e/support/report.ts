// How the extension host tells the runner, which is another process, what became of each test: a line of JSON each.

import type { TestResult } from '../../../scripts/tiers/tier.ts';

/** One line of the report. */
export type ReportLine =
  { readonly kind: 'test'; readonly result: TestResult } | { readonly kind: 'end' } | { readonly kind: 'crash'; readonly error: string };

/** Name of the variable with the report's path. */
export const reportVariable = 'DRYDOCK_E2E_REPORT';
