import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where copies are kept when nobody says where, in the editor as in the terminal, so that what one has fetched the other has too:
 * `DRYDOCK_SOURCES`, else a folder of the cache folder of the platform that this process runs on. A native path.
 */
export function defaultCacheFolder(): string {
  const { DRYDOCK_SOURCES: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (own) return path.resolve(own);
  if (process.platform === 'win32') return path.join(local || path.join(homedir(), 'AppData', 'Local'), 'drydock', 'Cache', 'sources');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'drydock', 'sources');
  return path.join(xdg || path.join(homedir(), '.cache'), 'drydock', 'sources');
}
