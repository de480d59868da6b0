import { type ParsedNode, isScalar, isSeq } from 'yaml';
import { fieldName, shortened, typeInWords } from './words.ts';
import type { JsonSchema } from './json-schema.ts';
import type { YamlPath } from '../workspace/yaml-path.ts';

/**
 * What to say of a value whose type is not its field's.
 *
 * @param written The value as it is shown, which for a secret is not the value.
 * @returns `replacement` is text that would be right in its place, when there is one.
 */
export function typeMismatch(
  schema: JsonSchema,
  path: YamlPath,
  node: ParsedNode | undefined,
  written: string,
): { message: string; replacement?: string } {
  const name = fieldName(path);
  const types = [schema.type ?? []].flat();
  if (isScalar(node)) {
    if (types.includes('string') && typeof node.value !== 'string') {
      const what = typeof node.value === 'boolean' ? 'true or false' : 'a number';
      return {
        message: `${name} must be text, but YAML reads \`${written}\` as ${what}. Put it in quotes: \`"${written}"\`.`,
        replacement: `"${written}"`,
      };
    }
    const text = typeof node.value === 'string' ? node.value.trim() : '';
    const unquoted = types.includes('boolean')
      ? /^(?:true|false)$/
      : types.some((type) => type === 'integer' || type === 'number')
        ? /^-?\d+$/
        : /^(?!)/;
    if (unquoted.test(text))
      return { message: `${name} must be ${typeInWords(schema)}, but in quotes it is text. Write \`${text}\`.`, replacement: text };
    return { message: `${name} must be ${typeInWords(schema)}, not \`${shortened(written)}\`.` };
  }
  const found = isSeq(node) ? 'a list' : 'a mapping';
  return { message: `${name} must be ${typeInWords(schema)}, not ${found}.` };
}
