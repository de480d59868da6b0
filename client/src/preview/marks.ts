// Marks a preview that is not current: its heading, which the server writes, also when it is pointed at, is coloured, the text
// below is dimmed, and where the heading is scrolled away a line near the top repeats it.
import { type DecorationOptions, type TextEditor, Disposable, Range, ThemeColor, window, workspace } from 'vscode';
import { renderedScheme } from '../../../protocol/src/preview.ts';
import type { PreviewStates } from './states.ts';

const longestMessage = 140;

/** Lines at the top that the editor's sticky scroll may cover. */
const stickyLines = 5;

/** Keeps the marks of all visible previews in step with their states. */
export function markPreviews(states: PreviewStates): Disposable {
  const warning = new ThemeColor('editorWarning.foreground');
  const heading = window.createTextEditorDecorationType({ isWholeLine: true, color: warning, overviewRulerColor: warning });
  const dimmed = window.createTextEditorDecorationType({ isWholeLine: true, opacity: '0.45' });
  const reminder = window.createTextEditorDecorationType({ after: { color: warning, margin: '0 0 0 2em', fontStyle: 'italic' } });
  const mark = (editor: TextEditor) => {
    if (editor.document.uri.scheme !== renderedScheme) return;
    const state = states.of(editor.document.uri);
    const isCurrent = state === undefined || state.kind === 'current';
    editor.setDecorations(heading, isCurrent ? [] : [new Range(0, 0, 0, 0)]);
    editor.setDecorations(dimmed, isCurrent ? [] : [new Range(1, 0, editor.document.lineCount, 0)]);
    editor.setDecorations(reminder, isCurrent ? [] : reminderOf(editor, state.message));
  };
  const markAll = () => window.visibleTextEditors.forEach(mark);
  return Disposable.from(
    heading,
    dimmed,
    reminder,
    states.onDidChange(markAll),
    window.onDidChangeVisibleTextEditors(markAll),
    window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => mark(textEditor)),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme === renderedScheme) markAll();
    }),
  );
}

function reminderOf({ document, visibleRanges }: TextEditor, message: string): DecorationOptions[] {
  const top = visibleRanges[0]?.start.line ?? 0;
  if (top === 0) return [];
  const line = Math.min(top + stickyLines, document.lineCount - 1);
  const contentText = `⚠ Last good rendering: ${firstLine(message)}`;
  return [{ range: document.lineAt(line).range, hoverMessage: message, renderOptions: { after: { contentText } } }];
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
}
