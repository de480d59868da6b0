import type { Finding } from '../rules/rule.ts';

/**
 * All findings of a file in the order of its text. What a render complains of is left out where a check explains it
 * already: on a line with an error, anywhere in a file that is not YAML, and where a field has the wrong type, of which
 * kustomize knows no line. What several overlays fail with at one place is told once, by the one nearest to it: the others only wrap its
 * words. What leads to an error elsewhere is not told at the place of an error.
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
  const nearest = [...Map.groupBy(news, ({ range }) => `${range.start.line}:${range.start.character}`).values()].flatMap(nearestOf);
  return [...found, ...nearest].sort(inTextOrder);
}

function nearestOf(atOnePlace: readonly Finding[]): Finding[] {
  const own = atOnePlace.filter(({ severity }) => severity !== 'information');
  const told: Finding[] = [];
  for (const finding of [...(own.length > 0 ? own : atOnePlace)].sort((a, b) => a.message.length - b.message.length)) {
    if (!told.some(({ message }) => finding.message.includes(message))) told.push(finding);
  }
  return told;
}

function inTextOrder(a: Finding, b: Finding): number {
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character || a.code.localeCompare(b.code);
}
