// Documents that the schema service can't be given, and what is said about them instead.
import { type YamlDocument, treeOf } from '../workspace/yaml-document.ts';
import { aliasExpansion, aliasLimit, mayHaveAliases } from './alias-expansion.ts';
import { cheapText, checkingCost, costLimit } from './checking-cost.ts';
import type { SchemaFinding } from './finding.ts';
import { emptyKey } from './empty-key.ts';
import { syntaxMessage } from './syntax-message.ts';

/** Why a document would keep everything else waiting; undefined when it would not. */
export function tooMuchToCheck(document: YamlDocument): SchemaFinding | undefined {
  const aliases = mayHaveAliases(document.text);
  const nodes = aliases ? aliasExpansion(treeOf(document)) : 0;
  if (nodes > aliasLimit) {
    const size = nodes === Infinity ? 'an endless' : 'a huge';
    return notChecked(
      'too-many-aliases',
      'error',
      `The aliases of this document expand to ${size} structure. It is not checked, and Kubernetes tools refuse it.`,
    );
  }
  if (!aliases && document.text.length <= cheapText) return undefined;
  if (checkingCost(treeOf(document)) <= costLimit) return undefined;
  return notChecked(
    'too-large',
    'warning',
    'This document has too many keys, items or aliases to be checked while you type. Its fields are not checked.',
  );
}

/** What is said when the service throws: it is written for whole documents, and stumbles over some that are being typed. */
export function impossibleToCheck(document: YamlDocument, error: unknown): SchemaFinding {
  const message = error instanceof Error ? error.message : String(error);
  // Deep nesting fills the stack.
  if (error instanceof RangeError) return notChecked('yaml-syntax', 'error', syntaxMessage(message));
  const tree = treeOf(document);
  const [syntax] = tree.errors;
  return (
    emptyKey(tree) ??
    (syntax && { ...notChecked('yaml-syntax', 'error', syntaxMessage(syntax.message)), start: syntax.pos[0], end: syntax.pos[0] + 1 }) ??
    notChecked('not-checked', 'warning', `This document could not be checked (${message}). Please report it with its text.`)
  );
}

function notChecked(code: SchemaFinding['code'], severity: SchemaFinding['severity'], message: string): SchemaFinding {
  return { start: 0, end: 1, code, severity, message, path: [] };
}
