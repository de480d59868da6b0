// The Applications that an ApplicationSet generates, to choose from.
import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { type GeneratedApplication, applicationsOf } from '../../../protocol/src/messages.ts';
import type { Server } from '../server.ts';
import { openPreview } from './open.ts';

type Item = QuickPickItem & { readonly application?: GeneratedApplication };

/** Lists what the ApplicationSet with this preview generates, and opens the preview of the Application that is picked. */
export async function showApplications(server: Server, preview: string): Promise<void> {
  const generated = await server.ask(applicationsOf, { preview });
  if (!generated) {
    await openPreview(preview, 'beside'); // it says why
    return;
  }
  const { applications, clusters, errors } = generated;
  const number = applications.length === 1 ? '1 application' : `${applications.length} applications`;
  const items: Item[] = [...applications.map(itemOf), ...errorItems(errors)];
  const picked = await window.showQuickPick(items, {
    title: clusters === '' ? number : `${number} (${clusters})`,
    placeHolder: 'Open what an application deploys',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.application?.preview) await openPreview(picked.application.preview, 'beside');
}

function itemOf(application: GeneratedApplication): Item {
  const { name, parameters, step, error } = application;
  const label = error === undefined ? `$(rocket) ${name}` : `$(warning) ${name}`;
  return {
    label,
    description: [step, parameters].filter((part) => part !== '').join(' · '),
    application,
    ...(error === undefined ? {} : { detail: error }),
  };
}

function errorItems(errors: readonly string[]): Item[] {
  if (errors.length === 0) return [];
  return [{ label: 'Not generated', kind: QuickPickItemKind.Separator }, ...errors.map((error) => ({ label: `$(error) ${error}` }))];
}
