// Which preview a command is about.
import { type TextEditor, type Uri, TabInputText, TabInputTextDiff, window } from 'vscode';
import { renderedScheme } from '../../../protocol/src/preview.ts';

/**
 * The URI of the preview that a command is about: the one that it was given, else the one in front, else the first that is visible.
 * Undefined when the user was told that there is none. What shows another moment stands for its preview.
 */
export function previewFor(target: Uri | undefined): Uri | undefined {
  const shown = [target, activeDocument(), ...window.visibleTextEditors.map(({ document }) => document.uri)];
  const found = shown.find((uri) => uri?.scheme === renderedScheme);
  if (!found) void window.showInformationMessage('Open a rendered preview first: “Drydock: Open Rendered Preview to the Side”.');
  return found?.with({ fragment: '' });
}

/** The editor of a preview whose cursor counts: the active one, else the first that is visible. */
export function previewEditor(): TextEditor | undefined {
  return [window.activeTextEditor, ...window.visibleTextEditors].find((editor) => editor?.document.uri.scheme === renderedScheme);
}

function activeDocument(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputText) return input.uri;
  return input instanceof TabInputTextDiff ? input.modified : undefined;
}
