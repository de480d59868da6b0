// The yaml library's syntax errors, with what to do about them.

/** What is behind a structure that ended too early makes this error in each of its lines: it is said for the first one. */
export const endOfStructure = 'This does not belong to what stands before it. Is the indentation right?';

const remedies: readonly (readonly [RegExp, string])[] = [
  [/^Tabs are not allowed as indentation/, 'YAML is indented with spaces, not with tabs. Replace the tab with spaces.'],
  [
    /^All mapping items must start at the same column/,
    'This key is indented differently from the keys before it. Keys of one mapping begin in the same column.',
  ],
  [
    /^All sequence items must start at the same column/,
    'This item is indented differently from the items before it. The dashes of one list stand in the same column.',
  ],
  [
    /^Nested mappings are not allowed in compact mappings/,
    'A second `: ` in this line. Put the value in quotes, or begin the nested mapping on a new line.',
  ],
  [/^Implicit keys need to be on a single line/, 'A key must stand on one line with its colon. Is the `:` missing, or a quote?'],
  [/^Implicit map keys need to be followed by map values/, 'A `:` is missing behind this key.'],
  [
    /^A block sequence may not be used as an implicit map key/,
    'This list stands where a key is expected. Indent it below the key that it belongs to.',
  ],
  [/^Missing closing ["']?(.)quote/, 'This text has no closing quote.'],
  [/^Missing (?:closing )?([\]}])|must end with a ([\]}])/, 'A closing bracket is missing.'],
  [/^Unresolved alias\W*([\w.-]+)/, 'No anchor `&$1` stands before this alias.'],
  [/^Unexpected .* token in YAML stream/, endOfStructure],
  [/^Unexpected scalar at node end/, 'Unexpected text behind the value. Put the whole value in quotes.'],
  [
    /^Block collections are not allowed within flow collections/,
    'Inside `[ ]` and `{ }`, lists and mappings are written in brackets, too.',
  ],
  [/^Plain value cannot start with (?:reserved character |.*?)(\S)\s*$/, 'A value cannot begin with `$1`. Put it in quotes.'],
  [/Maximum call stack size exceeded|: Stack overflow/, 'Nested too deeply: what stands here and behind it is not checked.'],
  [/^Unresolved tag: (\S+)/, 'Kubernetes tools do not know the tag `$1`.'],
];

/** What is wrong with the syntax, and what to do. */
export function syntaxMessage(message: string): string {
  for (const [pattern, remedy] of remedies) {
    const match = pattern.exec(message);
    if (match) return remedy.replace('$1', match[1] ?? '');
  }
  const sentence = message.replace(/\s+at line \d+, column \d+:?[\s\S]*$/, '').trim();
  return `Not valid YAML: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
