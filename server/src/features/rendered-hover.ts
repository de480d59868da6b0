import type { PreviewState } from '../../../protocol/src/messages.ts';
import { count, resourceCount } from './rendered-preview.ts';

/**
 * What hovering the heading of a preview tells, in Markdown: all that its one line has no room for.
 *
 * @param destination What it is deployed by and to, an entry each.
 */
export function headingHover(label: string, state: PreviewState, destination: readonly string[]): string {
  const { warnings, revision } = state;
  const parts = [
    `**${escaped(label)}**: ${escaped(resourceCount(state))}, rendered from the open editors`,
    ...(destination.length === 0 ? [] : [`Where it is deployed:\n\n${destination.map((each) => `- ${escaped(each)}`).join('\n')}`]),
    ...(revision === '' ? [] : [`Working tree: ${escaped(revision)}. What is changed and not committed counts.`]),
    ...(state.kind === 'current' ? [] : [`It fails now:\n\n${verbatim(state.message)}`]),
    ...(warnings.length === 0 ? [] : [`${count(warnings.length, 'warning')}:\n\n${verbatim(warnings.join('\n'))}`]),
  ];
  return parts.join('\n\n');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-!<>|]/g, String.raw`\$&`);
}

// Tools print anything, also what Markdown would understand.
function verbatim(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}text\n${text}\n${fence}`;
}
