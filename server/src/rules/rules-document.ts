import type { Rule } from './rule.ts';
import { rules } from './rules.ts';

/** The user documentation of the rules, as Markdown: docs/rules.md. */
export function rulesDocument(): string {
  const table = rules.map(({ id, severity, summary }) => `| [\`${id}\`](#${id.replace('/', '')}) | ${severity} | ${summary} |`);
  return `# Rules

What Drydock finds beyond the schemas, without rendering. This page is made from \`server/src/rules/\`; each example is also a test.

| rule | severity | finds |
|---|---|---|
${table.join('\n')}

${rules.map(section).join('\n')}`;
}

function section({ id, summary, why, example }: Rule): string {
  return `## ${id}

${summary}

${why}

\`\`\`yaml
${example.trim()}
\`\`\`
`;
}
