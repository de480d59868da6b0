// An entry in the status bar while a preview is visible: what was rendered, or why not.
import { type TextDocument, Disposable, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { PreviewState } from '../../../protocol/src/messages.ts';
import { renderedScheme } from '../../../protocol/src/preview.ts';
import { previewName } from './name.ts';
import type { PreviewStates } from './states.ts';

/** Shows the state of the active preview, or of the first that is visible. */
export function showPreviewStatus(states: PreviewStates): Disposable {
  const item = window.createStatusBarItem('drydock.preview', StatusBarAlignment.Right, 100);
  item.name = 'Drydock Preview';
  const update = () => {
    const preview = shownPreview();
    const state = preview && states.of(preview.uri);
    if (!preview || !state) {
      item.hide();
      return;
    }
    item.text = text(state);
    item.tooltip = `${previewName(preview.uri)}\n${state.kind === 'current' ? 'Rendered from the open editors' : state.message}`;
    item.backgroundColor = state.kind === 'current' ? undefined : new ThemeColor('statusBarItem.warningBackground');
    item.command = state.kind === 'current' ? undefined : 'workbench.actions.view.problems';
    item.show();
  };
  return Disposable.from(
    item,
    states.onDidChange(update),
    window.onDidChangeVisibleTextEditors(update),
    window.onDidChangeActiveTextEditor(update),
  );
}

function shownPreview(): TextDocument | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  return editors.find((editor) => editor?.document.uri.scheme === renderedScheme)?.document;
}

function text(state: PreviewState): string {
  switch (state.kind) {
    case 'current':
      return `$(layers) ${state.resources} ${state.resources === 1 ? 'resource' : 'resources'} in ${Math.max(1, Math.round(state.milliseconds))} ms`;
    case 'stale':
      return '$(warning) Preview: last good rendering';
    case 'failed':
      return '$(warning) Preview: cannot be rendered';
  }
}
