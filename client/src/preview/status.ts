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
    item.tooltip = [previewName(preview.uri), state.kind === 'current' ? source(state) : state.message, ...warnings(state)].join('\n');
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
      return [`$(layers) ${resources(state)} in ${Math.max(1, Math.round(state.milliseconds))} ms`, ...warningCount(state)].join(' ');
    case 'stale':
      return '$(warning) Preview: last good rendering';
    case 'failed':
      return '$(warning) Preview: cannot be rendered';
  }
}

function resources({ resources, shown, filter }: PreviewState): string {
  const all = resources === 1 ? '1 resource' : `${resources} resources`;
  return filter === '' ? all : `$(filter) ${shown} of ${all}`;
}

function warningCount({ warnings: { length } }: PreviewState): string[] {
  return length === 0 ? [] : [`$(warning) ${length}`];
}

function source({ revision }: PreviewState): string {
  return revision === '' ? 'Rendered from the open editors' : `Rendered from the open editors, on ${revision}`;
}

// What the tool says; a status bar has no room for more than the beginning.
function warnings({ warnings: told }: PreviewState): string[] {
  const most = 10;
  return [...told.slice(0, most).map((warning) => `⚠ ${warning}`), ...(told.length > most ? [`… and ${told.length - most} more`] : [])];
}
