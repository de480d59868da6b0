import path from 'node:path';
import { type Settings, defaultSettings } from '../../protocol/src/options.ts';
import { Session } from '../../server/src/session/session.ts';
import { assetsIn } from '../../server/src/session/assets.ts';
import { defaultCacheFolder } from '../../server/src/sources/cache-folder.ts';
import { disk } from '../../server/src/workspace/disk.ts';

/** Where copies are kept: `DRYDOCK_SOURCES`, else the platform's own place. */
function cacheFolder(): string {
  return path.resolve(process.env['DRYDOCK_SOURCES'] || defaultCacheFolder());
}

/** A session as an editor would start it, with the products beside this bundle. */
export function startSession(settings: Settings = defaultSettings): Session {
  return new Session({
    disk,
    assets: assetsIn(import.meta.dirname),
    engine: 'auto',
    cache: cacheFolder(),
    settings: () => settings,
    log: () => undefined,
  });
}
