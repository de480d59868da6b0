import type { TypedDocument } from '../schemas/typed-document.ts';

/**
 * Whether a document is another tool's, by what only that tool understands: tags of its own (`!Ref`, `!vault`) or
 * templates (`{{ … }}`, `{% … %}`) in YAML that is no manifest. What is wrong in it is not for Drydock to say.
 */
export function isForeign({ document, kind }: TypedDocument): boolean {
  return kind === undefined && /(?:^|[\s[{,])![A-Za-z]|\{\{|\{%/m.test(document.text);
}
