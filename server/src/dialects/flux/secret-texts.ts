import { isCollection, visit } from 'yaml';
import { treeOf, yamlDocument } from '../../workspace/yaml-document.ts';

// A shorter number, as a port, is no password.
const shortestNumber = 6;

/**
 * The texts of a Secret's value that must not be seen where charts write them: the value itself and, when it is values in YAML, each text
 * in it.
 */
export function secretTexts(value: string): string[] {
  const { contents, errors } = treeOf(yamlDocument(value));
  if (errors.length > 0 || !isCollection(contents)) return [value];
  const texts = new Set([value]);
  visit(contents, {
    Scalar(key, { value: leaf }) {
      if (key === 'key') return;
      if (typeof leaf === 'string' && leaf !== '') texts.add(leaf);
      if (typeof leaf === 'number' && String(leaf).length >= shortestNumber) texts.add(String(leaf));
    },
  });
  return [...texts];
}
