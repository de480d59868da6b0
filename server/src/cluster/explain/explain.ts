// Why is it not syncing? In words, as Markdown.
import { shownText } from './shown-text.ts';
import { type Evidence, type Statement, label } from './evidence.ts';
import type { Words } from './explanation.ts';
import { messageExplanations } from './message-explanations.ts';
import { stateExplanations } from './state-explanations.ts';

/** One thing that is explained, with what shows it. */
export interface Explained {
  readonly words: Words;
  /** Markdown lines. */
  readonly shown: readonly string[];
}

/** Everything that is known to explain it, what is special first. */
export function explanationsFor(evidence: Evidence): {
  readonly explained: readonly Explained[];
  readonly unexplained: readonly Statement[];
} {
  const states = stateExplanations.flatMap((words): Explained[] => {
    const shown = words.shown(evidence);
    return shown === undefined ? [] : [{ words, shown: [shown] }];
  });
  const byWords = new Map<Words, Statement[]>();
  const unexplained: Statement[] = [];
  for (const statement of evidence.statements) {
    const words = messageExplanations.find(({ says }) => says.test(statement.text) || says.test(statement.where));
    if (!words) unexplained.push(statement);
    else byWords.set(words, [...(byWords.get(words) ?? []), statement]);
  }
  const messages = [...byWords].map(([words, statements]) => ({ words, shown: statements.map(quoted) }));
  return { explained: [...messages, ...states], unexplained };
}

/** The whole answer. `context` is that of the cluster. */
export function explanationText(evidence: Evidence, context: string): string {
  const { tracked, gaps } = evidence;
  const { explained, unexplained } = explanationsFor(evidence);
  const isWell = explained.length === 0 && unexplained.length === 0;
  return [
    `# Why is ${shownText(label(tracked.name))} not syncing?`,
    `On ${shownText(context)}: ${shownText(tracked.state.words || tracked.state.health)}`,
    ...(isWell ? ['Nothing complains: as far as the cluster tells, it is as it should be.'] : []),
    ...explained.flatMap(({ words, shown }) => [
      `## ${words.title}`,
      shown.join('\n'),
      `**Usual cause**: ${words.cause}`,
      `**Next step**: ${words.next}`,
    ]),
    ...(unexplained.length > 0 ? ['## What else is said', unexplained.map(quoted).join('\n')] : []),
    ...(gaps.length > 0 ? ['## What could not be asked', gaps.map((each) => `- ${shownText(each)}`).join('\n')] : []),
    '',
  ].join('\n\n');
}

function quoted({ about, where, text }: Statement): string {
  return `- ${shownText(about)}, ${shownText(where)}: ${shownText(text)}`;
}
