// Marks a preview that is not current: its text is dimmed, and the first visible line says why.
import { Disposable, Range, ThemeColor, window, workspace } from 'vscode';
import type { TextEditor } from 'vscode';
import { renderedScheme } from '../../../protocol/src/preview.ts';
import type { PreviewStates } from './states.ts';

const longestMessage = 140;

/** Keeps the marks of all visible previews in step with their states. */
export function markPreviews(states: PreviewStates): Disposable {
  const dimmed = window.createTextEditorDecorationType({ isWholeLine: true, opacity: '0.45' });
  const banner = window.createTextEditorDecorationType({
    after: { color: new ThemeColor('editorWarning.foreground'), margin: '0 0 0 2em', fontStyle: 'italic' },
  });
  const mark = (editor: TextEditor) => {
    if (editor.document.uri.scheme !== renderedScheme) return;
    const state = states.of(editor.document.uri);
    if (state === undefined || state.kind === 'current') {
      editor.setDecorations(dimmed, []);
      editor.setDecorations(banner, []);
      return;
    }
    const contentText = `⚠ ${state.kind === 'stale' ? 'Last good rendering: ' : ''}${firstLine(state.message)}`;
    editor.setDecorations(dimmed, [new Range(0, 0, editor.document.lineCount, 0)]);
    editor.setDecorations(banner, [
      { range: firstVisibleLine(editor), hoverMessage: state.message, renderOptions: { after: { contentText } } },
    ]);
  };
  const markAll = () => window.visibleTextEditors.forEach(mark);
  return Disposable.from(
    dimmed,
    banner,
    states.onDidChange(markAll),
    window.onDidChangeVisibleTextEditors(markAll),
    window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => mark(textEditor)),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme === renderedScheme) markAll();
    }),
  );
}

function firstVisibleLine({ document, visibleRanges }: TextEditor): Range {
  return document.lineAt(Math.min(visibleRanges[0]?.start.line ?? 0, document.lineCount - 1)).range;
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
}
