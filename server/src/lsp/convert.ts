// From Drydock's own values to LSP's.
import {
  type CodeLens,
  type CompletionItem,
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentSymbol,
  InsertTextFormat,
  InsertTextMode,
  type LocationLink,
  MarkupKind,
  SymbolKind,
} from 'vscode-languageserver';
import type { Completion } from '../features/completion.ts';
import type { Definition } from '../features/definition.ts';
import type { Finding } from '../rules/rule.ts';
import type { Lens } from '../features/code-lens.ts';
import type { RenderedSymbol } from '../features/rendered-symbols.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/**
 * A finding as a diagnostic.
 *
 * @param uriOf The URI of a file as the client knows it.
 */
export function diagnosticOf({ code, severity, message, range, related, data }: Finding, uriOf: (path: string) => string): Diagnostic {
  const relatedInformation = related?.map((place) => ({
    location: { uri: uriOf(place.path), range: place.range },
    message: place.message,
  }));
  return {
    code,
    severity: severities[severity],
    message,
    range,
    source: 'drydock',
    ...(relatedInformation ? { relatedInformation } : {}),
    ...(data === undefined ? {} : { data }),
  };
}

/** A definition as a link. */
export function locationLinkOf({ origin, targetUri, targetRange }: Definition): LocationLink {
  return { originSelectionRange: origin, targetUri, targetRange, targetSelectionRange: targetRange };
}

/** A lens as a code lens. */
export function codeLensOf({ range, title, command, argument }: Lens): CodeLens {
  return { range, command: { title, command, arguments: [argument] } };
}

/** A completion as an item that replaces exactly its range. */
export function completionItemOf({ text, range, kind, documentation, ...item }: Completion): CompletionItem {
  return {
    ...item,
    ...(kind === undefined ? {} : { kind }),
    insertTextFormat: InsertTextFormat.Snippet,
    insertTextMode: InsertTextMode.adjustIndentation,
    textEdit: { range, newText: text },
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
  };
}

/** A resource of a rendering as a symbol. */
export function documentSymbolOf(symbol: RenderedSymbol): DocumentSymbol {
  return { ...symbol, kind: SymbolKind.Object };
}
