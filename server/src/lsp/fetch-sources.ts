// Fetching, when the user has asked for it.
import { type CodeAction, CodeActionKind, type Connection, type Diagnostic } from 'vscode-languageserver';
import { type FetchReport, sourceFetched } from '../../../protocol/src/messages.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import { pipelinesIn } from '../features/pipelines-in.ts';
import { isNotFetched } from '../features/render-findings.ts';
import { pipelinesOf } from '../features/pipelines-of.ts';
import { pathOf } from '../workspace/paths.ts';
import type { Session } from '../session/session.ts';
import { sourceLabel } from '../engine/source.ts';

/** The command of the code action; the client asks for the fetch, and shows how it goes. */
const command = 'drydock.fetchSources';

/**
 * Fetches what the pipelines of the file at `uri` miss, or, without one, those of all files.
 */
export async function fetchFor(
  connection: Connection,
  session: Session,
  { sources }: Settings,
  uri: string | undefined,
  signal: AbortSignal,
): Promise<FetchReport> {
  if (sources.fetch === 'never') return { fetched: [], failures: ['Nothing is fetched: the setting `drydock.sources.fetch` is `never`.'] };
  const { view } = session;
  const pipelines = uri === undefined ? pipelinesIn(view, () => true) : pipelinesOf(view, pathOf(uri));
  const fetched: string[] = [];
  const failures = await session.fetch(
    pipelines,
    (source) => {
      const label = sourceLabel(source);
      fetched.push(label);
      void connection.sendNotification(sourceFetched.method, { label });
    },
    signal,
  );
  return { fetched, failures };
}

/** What can be done about findings of a file: "Fetch it" for what lies elsewhere. */
export function fetchActions(uri: string, diagnostics: readonly Diagnostic[]): CodeAction[] {
  return diagnostics.filter(isNotFetched).map((diagnostic) => ({
    title: 'Fetch it',
    kind: CodeActionKind.QuickFix,
    isPreferred: true,
    diagnostics: [diagnostic],
    command: { title: 'Fetch it', command, arguments: [uri] },
  }));
}
