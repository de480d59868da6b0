/** Tells whether a name fits a pattern in which `*` stands for any text. */
export function matcher(pattern: string): (name: string) => boolean {
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`);
  return (name) => expression.test(name);
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
