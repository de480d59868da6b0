import type { SchemaFinding } from './finding.ts';
import type { Span } from '../workspace/source-file.ts';
import { syntaxMessage } from './syntax-message.ts';

/** An error of the YAML itself as a finding; `message` is the yaml library's, `span` where it puts it in `text`. */
export function syntaxFinding(text: string, { start, end }: Span, message: string): SchemaFinding {
  if (message.startsWith('Map keys must be unique')) {
    const key = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s:][^:\n]*)/.exec(text.slice(start))?.[0] ?? '';
    return {
      start,
      end: start + key.length,
      code: 'duplicate-key',
      severity: 'error',
      message: `\`${key.replace(/^["']|["']$/g, '')}\` is there twice. Remove one of the two.`,
      path: [],
    };
  }
  // Errors at the end of a line or file have no extent; one character makes them visible.
  const visible = end > start ? end : Math.min(start + 1, text.length);
  const severity = message.startsWith('Unresolved tag') ? 'warning' : 'error';
  return {
    start: Math.min(start, Math.max(0, visible - 1)),
    end: visible,
    code: 'yaml-syntax',
    severity,
    message: syntaxMessage(message),
    path: [],
  };
}
