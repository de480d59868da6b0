// The tab of a preview that is not current carries a mark, so that it is seen also when the preview is behind another tab.
import { type Disposable, ThemeColor, window } from 'vscode';
import type { PreviewStates } from './states.ts';

/** Puts `!` and the colour of a warning on the tabs of previews that are stale or failed. */
export function decoratePreviewTabs(states: PreviewStates): Disposable {
  return window.registerFileDecorationProvider({
    onDidChangeFileDecorations: states.onDidChange,
    provideFileDecoration(uri) {
      const state = states.of(uri);
      if (state === undefined || state.kind === 'current') return undefined;
      const tooltip =
        state.kind === 'stale' ? 'Last good rendering: the source has an error' : 'Cannot be rendered: the source has an error';
      return { badge: '!', tooltip, color: new ThemeColor('list.warningForeground') };
    },
  });
}
