import type { Finding } from '../rules/rule.ts';

/**
 * All findings of a file in the order of its text. An error that a check already explains on the same line is not
 * repeated in kustomize's words, nor is one that several overlays share.
 *
 * @param found What checks found in the file.
 * @param rendered What failed renders blame on the file.
 */
export function mergeFindings(found: readonly Finding[], rendered: readonly Finding[]): Finding[] {
  const explained = new Set(found.filter(({ severity }) => severity === 'error').map(({ range }) => range.start.line));
  const news = rendered.filter(
    ({ range, message }, index) => !explained.has(range.start.line) && rendered.findIndex((other) => other.message === message) === index,
  );
  return [...found, ...news].sort(inTextOrder);
}

function inTextOrder(a: Finding, b: Finding): number {
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character || a.code.localeCompare(b.code);
}
