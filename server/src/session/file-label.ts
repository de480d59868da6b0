// What a file is called, for people.
import { fromNativePath, isWithin, relativeTo } from '../workspace/paths.ts';
import type { Session } from './session.ts';
import { placeLabel } from '../features/object-tree.ts';

/** A path for people: from the workspace's folder, or the address that a copy of what lies elsewhere is kept under. */
export function fileLabel(session: Session, path: string): string {
  return copyLabel(session, path) ?? placeLabel(session.view, path);
}

/** The address that a copy of what lies elsewhere is kept under; undefined for what is none. */
export function copyLabel({ cache }: Session, path: string): string | undefined {
  const copies = fromNativePath(cache);
  return isWithin(copies, path) ? relativeTo(copies, path).replace(/^[^/]+\//, '') : undefined; // `charts/`, `git/`, `files/`
}
