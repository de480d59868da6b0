// yaml-language-server, fed one YAML document at a time: under a second of work for a whole file becomes a third of a
// millisecond for the document that was edited, because each document has exactly one schema.
import type { CompletionList, Diagnostic, Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService } from 'yaml-language-server';
import type { KindEntry } from './pool-format.ts';
import type { SchemaPool } from './pool.ts';

/** yaml-language-server, as far as it is used. */
export interface YamlService {
  /** Syntax errors, and with a kind, what its schema finds. */
  diagnostics(text: TextDocument): Promise<Diagnostic[]>;
  completions(text: TextDocument, position: Position): Promise<CompletionList>;
  /** A document for the two above, checked against the schema of `entry`, or for its syntax only. */
  document(text: string, entry: KindEntry | undefined): TextDocument;
}

const scheme = 'drydock-schema';

// One count for all services: they share the library's cache of parsed documents.
let version = 0;

/** Makes a service over the schemas of a pool. It fetches nothing: schemas come from the pool alone. */
export function createYamlService(pool: SchemaPool): YamlService {
  let failure: unknown;
  const service = getLanguageService({
    schemaRequestService: (uri) => Promise.reject(new Error(`${uri} is not fetched: Drydock has its own schemas.`)),
    workspaceContext: { resolveRelativePath: (relative) => relative },
    // It swallows exceptions and tells telemetry only; here they reach the caller.
    telemetry: {
      send: () => undefined,
      sendTrack: () => undefined,
      sendError: (_name, error) => {
        failure = error;
      },
    },
    clientCapabilities: { textDocument: { completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } } } },
  });
  // Its cache of parsed documents never forgets a URI, so there is one URI a kind, and versions tell the texts apart.
  const folders = new Map(pool.kinds.map((entry, index) => [entry, `kind${index}`]));
  const schemaUri = (folder: string): string => `${scheme}:///${folder}/schema.json`;
  service.configure({
    validate: true,
    completion: true,
    hover: false,
    format: false,
    customTags: [],
    disableDefaultProperties: true,
    schemas: [...folders.values()].map((folder) => ({ uri: schemaUri(folder), fileMatch: [`${folder}/*.yaml`] })),
  });
  const loaded = new Set<string>();

  // One at a time, so that a failure is that of the call which is running.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(call: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(async () => {
      failure = undefined;
      const answer = await call();
      if (failure === undefined) return answer;
      throw failure instanceof Error ? failure : new Error('yaml-language-server failed', { cause: failure });
    });
    turn = result.catch(() => undefined); // whoever asked hears of it
    return result;
  };
  return {
    document: (text, entry) => {
      const folder = entry && folders.get(entry);
      if (entry && folder && !loaded.has(folder)) {
        loaded.add(folder);
        // The handle that configure() made is empty, and would be asked from the request service.
        service.deleteSchema(schemaUri(folder));
        service.addSchema(schemaUri(folder), pool.schemaFor(entry));
      }
      return TextDocument.create(`${scheme}:///${folder ?? 'untyped'}/document.yaml`, 'yaml', ++version, withoutModelines(text));
    },
    diagnostics: (document) => inTurn(() => service.doValidation(document, false)),
    completions: (document, position) => inTurn(() => service.doComplete(document, position, false)),
  };
}

/** Hides every hint at a schema of the user's own, which would be fetched; offsets stay. */
function withoutModelines(text: string): string {
  return text
    .replace(/^#[ \t](?=[ \t]*(?:yaml-language-server[ \t]*:|\$schema:))/gm, '##')
    .replace(/^(["']?)\$schema(?=\1[ \t]*:)/gm, '$1_schema');
}
