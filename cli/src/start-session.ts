import type { Settings } from '../../protocol/src/options.ts';
import { Session } from '../../server/src/session/session.ts';
import { assetsIn } from '../../server/src/session/assets.ts';
import { defaultCacheFolder } from '../../server/src/sources/cache-folder.ts';
import { disk } from '../../server/src/workspace/disk.ts';
import { workspaceSettings } from './workspace-settings.ts';

/**
 * A session as an editor would start it, with the products beside this bundle and the settings that the checkout brings.
 *
 * @param places What is asked about, as the server writes paths.
 * @param override What the command line says instead of the settings.
 * @throws UsageError when the places have settings of their own each.
 */
export async function startSession(places: readonly string[], override: (settings: Settings) => Settings): Promise<Session> {
  const settings = override(await workspaceSettings(places));
  return new Session({
    disk,
    assets: assetsIn(import.meta.dirname),
    engine: 'auto',
    cache: defaultCacheFolder(),
    settings: () => settings,
    log: () => undefined,
  });
}
