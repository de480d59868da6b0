import type { Overlay } from '../../../protocol/src/messages.ts';
import type { View } from '../model/view.ts';
import { overlayLabel } from './object-tree.ts';
import { overlaysOf } from '../model/reach.ts';
import { uriOf } from '../workspace/paths.ts';

/** The overlays that a file takes part in, as a picker offers them. */
export function overlayChoices(view: View, path: string): Overlay[] {
  return overlaysOf(view.graph, path).map(({ directory, file }) => ({
    uri: uriOf(directory),
    kustomization: file.uri,
    label: overlayLabel(view, directory),
  }));
}
