import { homedir } from 'node:os';
import path from 'node:path';

/** Where copies are kept when nobody says where: a folder of the platform's own cache folder. A native path. */
export function defaultCacheFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (process.platform === 'win32') return path.join(local || path.join(homedir(), 'AppData', 'Local'), 'drydock', 'Cache', 'sources');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'drydock', 'sources');
  return path.join(xdg || path.join(homedir(), '.cache'), 'drydock', 'sources');
}
