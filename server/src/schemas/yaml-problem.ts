// What yaml-language-server reports, in our terms. It tells kinds of problems apart by their English messages only,
// so this file is all that knows them; yaml-problem.test.ts fails when a new version words them differently.
import type { Diagnostic } from 'vscode-languageserver';
import type { Json } from './json-schema.ts';

/** What one diagnostic is about; `ignored` is not worth telling. */
export type YamlProblem =
  | { readonly kind: 'syntax'; readonly message: string }
  | { readonly kind: 'unknown-field'; readonly name: string }
  | { readonly kind: 'missing-field'; readonly name: string }
  | { readonly kind: 'wrong-type' }
  | { readonly kind: 'not-allowed'; readonly values: readonly Json[] }
  | { readonly kind: 'wrong-value'; readonly message: string }
  | { readonly kind: 'ignored' };

const messages: readonly (readonly [RegExp, (match: RegExpExecArray) => YamlProblem])[] = [
  [/^Property (.+) is not allowed\.$/s, (match) => ({ kind: 'unknown-field', name: match[1] ?? '' })],
  [/^Missing property "(.+)"\.$/s, (match) => ({ kind: 'missing-field', name: match[1] ?? '' })],
  [/^Incorrect type\. Expected /, () => ({ kind: 'wrong-type' })],
  [/^Unresolved alias /, ({ input }) => ({ kind: 'syntax', message: input })],
  [/^Unused anchor /, () => ({ kind: 'ignored' })],
  // A `$schema` of the user's own that could not be hidden from the service: nothing is fetched, and nothing said.
  [/^(?:Unable to load schema from|Problems loading reference|Schema '.*' is not valid)/, () => ({ kind: 'ignored' })],
];

/** yaml-language-server's number for values outside an enum. */
const enumMismatch = 1;

/** Tells what a diagnostic is about. Syntax errors are the only ones it gives the severity "error". */
export function problemOf({ message, code, data, severity }: Diagnostic): YamlProblem {
  const text = typeof message === 'string' ? message : message.value;
  for (const [pattern, problem] of messages) {
    const match = pattern.exec(text);
    if (match) return problem(match);
  }
  const values = (data as { readonly values?: readonly Json[] } | undefined)?.values;
  if (code === enumMismatch && values) return { kind: 'not-allowed', values };
  return severity === 1 ? { kind: 'syntax', message: text } : { kind: 'wrong-value', message: text };
}
