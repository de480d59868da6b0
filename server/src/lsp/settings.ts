import type { Connection, WorkspaceClientCapabilities } from 'vscode-languageserver';
import type { Settings } from '../../../protocol/src/options.ts';
import { type GivenSettings, settingsOf } from '../session/settings.ts';

/** The client's settings under `drydock.`; what it does not say, or can't be asked for, has its default. */
export async function readSettings(connection: Connection, { configuration }: WorkspaceClientCapabilities): Promise<Settings> {
  const given = configuration ? ((await connection.workspace.getConfiguration('drydock')) as GivenSettings | null) : null;
  return settingsOf(given ?? {});
}
