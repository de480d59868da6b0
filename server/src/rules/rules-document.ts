import type { Rule } from './rule.ts';
import { rules } from './rules.ts';

/** The user documentation of the rules, as Markdown: docs/rules.md. */
export function rulesDocument(): string {
  const table = rules.map(({ id, severity, summary }) => `| [\`${id}\`](#${id.replace('/', '')}) | ${severity} | ${summary} |`);
  return `# Rules

What Drydock finds beyond the schemas. The rules need no rendering; what only a render finds comes under [\`render\`](#render). This page is made from \`server/src/rules/\`; each example is also a test.

| rule | severity | finds |
|---|---|---|
${table.join('\n')}

${rules.map(section).join('\n')}
${renderSection}`;
}

// Not a rule: the tools decide. server/src/features/render-findings.ts makes these findings.
const renderSection = `## render

A kustomization, a chart or an object that a controller renders does not render.

The tool's own words say why: kustomize's, Helm's or Flux's, without those of the steps that led there, and followed by what to do.

- An **error** stands at the innermost place that the words tell: an entry of a kustomization, a patch, the line of a template, a value that
  values.schema.json refuses, an entry of Chart.yaml. It is said once, however many overlays fail for it.
- An **information** stands wherever something includes what fails, on the entry that includes it: overlays, components, templates that
  include others, the path of a Flux Kustomization or an Application. It leads to the error.
- A **warning** stands in a chart that does not render with its own values, or one file laid over them, alone: whoever deploys it may give the values that it needs.

The preview tells the tool's words in full.

\`\`\`
base/kustomization.yaml:2:5: error: lstat base/gone.yaml: no such file or directory. Create what is named there, or correct the path, …
overlays/live/kustomization.yaml:2:5: information: Fails in base/kustomization.yaml:2: lstat base/gone.yaml: no such file or directory
    base/kustomization.yaml:2:5: lstat base/gone.yaml: no such file or directory
\`\`\`
`;

function section({ id, summary, why, example }: Rule): string {
  return `## ${id}

${summary}

${why}

\`\`\`yaml
${example.trim()}
\`\`\`
`;
}
