import type { Finding } from '../rules/rule.ts';

/**
 * All findings of a file in the order of its text. What a render complains of is left out where a check explains it
 * already: on a line with an error, anywhere in a file that is not YAML, and where a field has the wrong type, of which
 * kustomize knows no line. Where several overlays fail at one place,
 * the one nearest to it speaks: the others only wrap its words.
 *
 * @param found What checks found in the file.
 * @param rendered What failed renders blame on the file.
 */
export function mergeFindings(found: readonly Finding[], rendered: readonly Finding[]): Finding[] {
  const errors = found.filter(({ severity }) => severity === 'error');
  const explained = new Set(errors.map(({ range }) => range.start.line));
  const has = (wanted: string): boolean => errors.some(({ code }) => code === wanted);
  const news = rendered.filter(
    ({ range, message }) =>
      !has('yaml-syntax') && !explained.has(range.start.line) && !(has('wrong-type') && message.includes('json: cannot unmarshal')),
  );
  const nearest = [...Map.groupBy(news, ({ range }) => `${range.start.line}:${range.start.character}`).values()].flatMap((same) =>
    [...same].sort((a, b) => a.message.length - b.message.length).slice(0, 1),
  );
  return [...found, ...nearest].sort(inTextOrder);
}

function inTextOrder(a: Finding, b: Finding): number {
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character || a.code.localeCompare(b.code);
}
