// What is to be known of an object of a cluster: why it is not synced, its conditions, its events, its history, the order of delivery.
import { ProgressLocation, window } from 'vscode';
import { type ClusterReport, clusterReport } from '../../../protocol/src/cluster-reports.ts';
import type { Server } from '../server.ts';
import { showReport } from './report.ts';

/** What a report about an object of that name is called. */
const titles: Readonly<Record<ClusterReport, (name: string) => string>> = {
  explanation: (name) => `Why Is ${name} Not Syncing?`,
  conditions: (name) => `Conditions of ${name}`,
  events: (name) => `Events of ${name}`,
  history: (name) => `History of ${name}`,
  order: (name) => `Order of Delivery of ${name}`,
};

/** Shows a report about the object or resource of a row. */
export async function showObjectReport(server: Server, report: ClusterReport, id: string, name: string): Promise<void> {
  const title = titles[report](name);
  const text = await window.withProgress({ location: ProgressLocation.Window, title, cancellable: true }, (_, cancellation) =>
    server.ask(clusterReport, { id, report }, cancellation),
  );
  if (text === null) await window.showInformationMessage(`${title}: it is gone.`);
  else await showReport(title, id, text);
}
