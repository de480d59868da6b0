// Reports about objects of clusters: read-only documents in Markdown, shown as VS Code shows Markdown.
import { type Disposable, EventEmitter, Uri, commands, workspace } from 'vscode';

const scheme = 'drydock-report';
const texts = new Map<string, string>();
const changed = new EventEmitter<Uri>();

/** Serves the reports that were shown. */
export function registerReports(): Disposable[] {
  return [
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) texts.delete(uri.toString());
    }),
  ];
}

/** Shows a report; one of the same name about the same thing takes its place. */
export async function showReport(name: string, about: string, text: string): Promise<void> {
  const uri = Uri.from({ scheme, path: `/${name.replaceAll('/', ' ')}.md`, query: about });
  // What is told was so when it was asked for, and does not follow what happens.
  const [heading = '', ...rest] = text.split('\n');
  texts.set(uri.toString(), [heading, '', `_As of ${new Date().toLocaleString()}_`, ...rest].join('\n'));
  changed.fire(uri);
  await commands.executeCommand('markdown.showPreview', uri);
}
