// Conditions, events and history of an object, as Markdown.
import type { Deployment } from '../../../../protocol/src/clusters.ts';
import type { Application } from '../argocd/application.ts';
import type { ObjectEvent } from '../events.ts';
import type { Condition } from '../live-object.ts';
import type { Tracked } from '../tree/inventory.ts';
import type { ObjectName } from '../tree/row.ts';
import { label } from './evidence.ts';
import { shownText } from './shown-text.ts';

/** What an object says of itself, and of the last operation on it. */
export function conditionsText({ name, object, state }: Tracked): string {
  const { conditions = [] } = (object.status ?? {}) as { readonly conditions?: readonly Condition[] };
  const rows = conditions.map(({ type, status = '', reason = '', message = '', lastTransitionTime = '' }) =>
    row([type, status, reason, message, lastTransitionTime]),
  );
  const operation = object.kind === 'Application' ? (object as Application).status?.operationState : undefined;
  const synced = (operation?.syncResult?.resources ?? []).map(
    ({ kind, namespace = '', name: of, status = '', hookPhase = '', message = '' }) =>
      row([label({ group: '', kind, namespace, name: of }), status || hookPhase, message]),
  );
  return [
    `# Conditions of ${shownText(label(name))}`,
    shownText(state.words),
    rows.length === 0 ? 'It has no conditions.' : table(['Type', 'Status', 'Reason', 'Message', 'Since'], rows),
    ...(operation
      ? [
          `## Last operation: ${shownText(operation.phase)}`,
          shownText(operation.message ?? ''),
          table(['Resource', 'Result', 'Message'], synced),
        ]
      : []),
    '',
  ].join('\n\n');
}

/** What happened to an object, the latest first. */
export function eventsText(name: ObjectName, events: readonly ObjectEvent[]): string {
  const rows = events.map(({ type, reason, message, count, last, from }) => row([last, type, reason, String(count), from, message]));
  return [
    `# Events of ${shownText(label(name))}`,
    rows.length === 0
      ? 'There are none: a cluster keeps events for an hour.'
      : table(['Last', 'Type', 'Reason', 'Count', 'From', 'Message'], rows),
    '',
  ].join('\n\n');
}

/** What was deployed before, the latest first. */
export function historyText(name: ObjectName, history: readonly Deployment[]): string {
  // Only Argo CD and Helm count what they deploy.
  const isCounted = history.some(({ id }) => id !== undefined);
  const rows = history.map(({ id, revision, deployedAt, note }) =>
    row([...(isCounted ? [String(id ?? '')] : []), revision, deployedAt, note]),
  );
  return [
    `# History of ${shownText(label(name))}`,
    rows.length === 0
      ? 'Nothing that was deployed before is remembered.'
      : table([...(isCounted ? ['Id'] : []), 'Revision', 'Deployed', 'Note'], rows),
    '',
  ].join('\n\n');
}

function table(headings: readonly string[], rows: readonly string[]): string {
  return [`| ${headings.join(' | ')} |`, `|${headings.map(() => '---').join('|')}|`, ...rows].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(shownText).join(' | ')} |`;
}
