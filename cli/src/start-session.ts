import { type Settings, defaultSettings } from '../../protocol/src/options.ts';
import { Session } from '../../server/src/session/session.ts';
import { assetsIn } from '../../server/src/session/assets.ts';
import { disk } from '../../server/src/workspace/disk.ts';

/** A session as an editor would start it, with the products beside this bundle. */
export function startSession(settings: Settings = defaultSettings): Session {
  return new Session({ disk, assets: assetsIn(import.meta.dirname), engine: 'auto', settings: () => settings, log: () => undefined });
}
