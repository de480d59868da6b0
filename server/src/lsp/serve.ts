// The language server on a connection: what it can do, and which feature answers what.
import {
  CodeActionKind,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentSymbolRequest,
  type FileSystemWatcher,
  FoldingRangeRequest,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Assets } from '../session/assets.ts';
import type { InitializationOptions } from '../../../protocol/src/options.ts';
import { Server } from './server.ts';
import { backgroundOf } from './background.ts';
import { filePaths } from './file-paths.ts';
import { resolveFrom, uriOf } from '../workspace/paths.ts';
import { liveScheme } from '../../../protocol/src/clusters.ts';
import { renderedScheme } from '../../../protocol/src/preview.ts';

/** Serves one client until it says `exit`. */
export function serve(connection: Connection, assets: Assets): void {
  connection.onInitialize((params): InitializeResult => {
    const client = params.capabilities.workspace ?? {};
    const documents = params.capabilities.textDocument ?? {};
    const server = new Server(connection, assets, (params.initializationOptions ?? {}) as InitializationOptions, client);
    connection.onInitialized(() => {
      const background = backgroundOf(connection);
      if (client.didChangeWatchedFiles?.dynamicRegistration) {
        background('watching files', connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: watchers(params) }));
      }
      if (client.didChangeConfiguration?.dynamicRegistration) {
        background('following the settings', connection.client.register(DidChangeConfigurationNotification.type, { section: 'drydock' }));
      }
      // Clients that can be told so ask for the outline and the folds of previews only; manifests have the editor's own.
      const documentSelector = [{ scheme: renderedScheme }];
      if (registersLater(documents.documentSymbol))
        background('offering the outline', connection.client.register(DocumentSymbolRequest.type, { documentSelector }));
      if (registersLater(documents.foldingRange))
        background('offering folds', connection.client.register(FoldingRangeRequest.type, { documentSelector }));
      server.start(foldersOf(params));
    });
    connection.onShutdown(() => server.dispose());
    return {
      serverInfo: { name: 'drydock' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [' ', ':', '-', '"', "'", '/'] },
        definitionProvider: true,
        referencesProvider: true,
        codeLensProvider: {},
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        documentSymbolProvider: !registersLater(documents.documentSymbol),
        foldingRangeProvider: !registersLater(documents.foldingRange),
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          textDocumentContent: { schemes: [renderedScheme, liveScheme] },
        },
      },
    };
  });
  connection.listen();
}

function registersLater(client: { readonly dynamicRegistration?: boolean } | undefined): boolean {
  return client?.dynamicRegistration === true;
}

// Not only YAML: a generator reads files of any name. Clients leave `.git` out of what they watch below a folder, so
// remotes, the branch and, by its log, the commit are asked for by their place.
function watchers(params: InitializeParams): FileSystemWatcher[] {
  const all: FileSystemWatcher = { globPattern: '**/*' };
  if (!params.capabilities.workspace?.didChangeWatchedFiles?.relativePatternSupport) return [all];
  return [
    all,
    ...foldersOf(params).flatMap((folder) => [
      { globPattern: { baseUri: uriOf(resolveFrom(folder, '.git')), pattern: '{config,HEAD}' } },
      { globPattern: { baseUri: uriOf(resolveFrom(folder, '.git/logs')), pattern: 'HEAD' } },
    ]),
  ];
}

// Clients without workspace folders have one root, or, for a single file, none.
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  return filePaths(workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []));
}
