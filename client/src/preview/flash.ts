// A line of a preview that changed has a mark in the gutter for a moment.
import { type ExtensionContext, type TextDocument, type TextEditorDecorationType, Disposable, Range, Uri, window, workspace } from 'vscode';
import { type Lines, changedLines } from './changed-lines.ts';
import type { PreviewStates } from './states.ts';
import { renderedScheme } from '../../../protocol/src/preview.ts';

/** For how long the mark is there in full, and then faint; milliseconds. */
const steps = [
  { icon: 'changed', until: 900 },
  { icon: 'changed-faint', until: 1500 },
] as const;

// Beyond, the user looks at no single line, and the lines would cost more than the rendering.
const mostLines = 200_000;

/** Marks what changes in previews, as long as the setting `drydock.preview.flashChanges` is on. */
export function flashChanges({ extensionUri }: ExtensionContext, states: PreviewStates): Disposable {
  const marks = steps.map(({ icon, until }) => ({
    until,
    type: window.createTextEditorDecorationType({
      gutterIconPath: Uri.joinPath(extensionUri, 'media', `${icon}.svg`),
      gutterIconSize: 'contain',
    }),
  }));
  const shown = new Map<TextDocument, Shown>();
  const timers = new Map<TextDocument, NodeJS.Timeout[]>();
  const forget = (document: TextDocument) => {
    timers.get(document)?.forEach(clearTimeout);
    timers.delete(document);
  };
  const flash = (document: TextDocument, lines: readonly Lines[]) => {
    forget(document);
    const ranges = lines.map(({ start, end }) => new Range(start, 0, end - 1, 0));
    const show = (wanted: TextEditorDecorationType | undefined) => {
      const editors = window.visibleTextEditors.filter((editor) => editor.document === document);
      for (const editor of editors) for (const { type } of marks) editor.setDecorations(type, type === wanted ? ranges : []);
    };
    show(marks[0]?.type);
    timers.set(
      document,
      marks.map(({ until }, index) => setTimeout(() => show(marks[index + 1]?.type), until)),
    );
  };
  const remember = (document: TextDocument) => {
    if (isLive(document)) shown.set(document, shownBy(document, states));
  };
  workspace.textDocuments.forEach(remember);
  return Disposable.from(
    ...marks.map(({ type }) => type),
    { dispose: () => [...timers.keys()].forEach(forget) },
    workspace.onDidOpenTextDocument(remember),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (!isLive(document)) return;
      const before = shown.get(document);
      const now = shownBy(document, states);
      shown.set(document, now);
      const lines = before && isOn() ? changesBetween(before, now) : [];
      if (lines.length > 0) flash(document, lines);
    }),
    workspace.onDidCloseTextDocument((document) => {
      forget(document);
      shown.delete(document);
    }),
  );
}

interface Shown {
  readonly text: string;
  readonly filter: string;
}

function shownBy(document: TextDocument, states: PreviewStates): Shown {
  return { text: document.getText(), filter: states.of(document.uri)?.filter ?? '' };
}

/** What changed below the heading. Another filter, the first rendering and the first after a failure change nothing: they show more or less. */
function changesBetween(before: Shown, now: Shown): Lines[] {
  if (before.filter !== now.filter || before.text === now.text) return [];
  const [old, fresh] = [before.text.split('\n'), now.text.split('\n')];
  if (!hasManifests(old) || !hasManifests(fresh) || fresh.length > mostLines) return [];
  return changedLines(old.slice(1), fresh.slice(1)).map(({ start, end }) => ({ start: start + 1, end: end + 1 }));
}

function hasManifests(lines: readonly string[]): boolean {
  return lines.some((line) => line !== '' && !line.startsWith('#'));
}

// What shows another moment does not follow what is typed.
function isLive({ uri }: TextDocument): boolean {
  return uri.scheme === renderedScheme && uri.fragment === '';
}

function isOn(): boolean {
  return workspace.getConfiguration('drydock').get('preview.flashChanges', true);
}
