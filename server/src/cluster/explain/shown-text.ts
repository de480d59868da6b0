/** A cluster's words in Markdown: as they are, never as links, pictures or headings. */
export function shownText(text: string): string {
  return text.replaceAll(/[!#()*<>[\\\]_`{|}~]/g, String.raw`\$&`).replaceAll(/\s*\n\s*/g, ' ');
}
