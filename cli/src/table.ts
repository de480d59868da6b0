/** Rows in columns as wide as their longest cell, but the last, which goes on. What a terminal would take for a command is left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows.map((row) => row.map(oneLine))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const laidOut = lines.map((line) =>
    line
      .map((cell, column) => (column === head.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return laidOut.map((line) => `${line}\n`).join('');
}

/** Words of a cluster as one line that a terminal only shows. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
