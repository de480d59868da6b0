// Upstream's descriptions are Go comments: hard-wrapped text, lists by dash, indented code. Markdown shows them well
// once wrapped lines are joined and code is fenced.

const listItem = /^\s*(?:[-*•]|\d+[.)])\s+/;

/** Turns a Go comment into markdown: paragraphs in one line each, lists kept, indented lines as code. */
export function reflow(text: string): string {
  const blocks: { kind: 'text' | 'item' | 'code'; lines: string[] }[] = [];
  let gap = true;
  for (const line of text.replaceAll('\r', '').split('\n')) {
    const trimmed = line.trim();
    const last = blocks.at(-1);
    if (trimmed === '' || /^(?:\+|TODO\b|---$)/.test(trimmed)) {
      gap = true;
      continue;
    }
    if (listItem.test(line)) blocks.push({ kind: 'item', lines: [trimmed.replace(/^[*•]/, '-')] });
    else if (/^(?:\t| {2,})/.test(line) && last?.kind !== 'item') {
      if (last?.kind === 'code') last.lines.push(line);
      else blocks.push({ kind: 'code', lines: [line] });
    } else if (!last || (gap && last.kind !== 'item') || last.kind === 'code' || (gap && !/^\s/.test(line)))
      blocks.push({ kind: 'text', lines: [trimmed] });
    else last.lines.push(trimmed);
    gap = false;
  }
  let markdown = '';
  blocks.forEach(({ kind, lines }, index) => {
    const previous = blocks[index - 1]?.kind;
    markdown += index === 0 ? '' : kind === 'item' && previous === 'item' ? '\n' : '\n\n';
    markdown += kind === 'code' ? `\`\`\`\n${lines.map(outdented).join('\n')}\n\`\`\`` : escaped(lines.join(' ').replace(/ {2,}/g, ' '));
  });
  return markdown;
}

function outdented(line: string): string {
  return line.replace(/^(?:\t| {2,4})/, '');
}

/** Angle brackets would be taken for HTML; in backticks they are left alone. */
function escaped(paragraph: string): string {
  return paragraph
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/<(?!https?:)/g, '\\<').replace(/\*(?!\*)(?=\S)/g, '\\*')))
    .join('');
}
