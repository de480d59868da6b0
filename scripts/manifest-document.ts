// The page on settings and commands, made from package.json.

/** What is read of package.json. */
export interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly mac: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}

/** The user documentation of settings and commands, as Markdown: docs/settings.md. */
export function manifestDocument({ contributes }: Manifest): string {
  const { commands, keybindings, menus, configuration } = contributes;
  const hidden = new Set(menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command));
  const settings = Object.entries(configuration.properties).map(([name, setting]) =>
    row(`\`${name}\``, defaultOf(setting), descriptionOf(setting)),
  );
  const rows = commands
    .filter(({ command }) => !hidden.has(command))
    .map(({ command, category, title }) => {
      const keys = keybindings
        .filter((binding) => binding.command === command)
        .map(({ key, mac }) => `${keyName(key)} (macOS: ${keyName(mac)})`);
      return row(`${category}: ${title}`, `\`${command}\``, keys.join(', '));
    });
  return `# Settings and commands

This page is made from \`package.json\`.

## Settings

| setting | default | |
|---|---|---|
${settings.join('\n')}

What is rendered reads the settings as they are now: a changed one counts at once. The command line reads those that decide what is rendered from
the checkout's own \`.vscode/settings.json\`; its [options](command-line.md#settings) win over them.

## Commands

| command | for keybindings | key |
|---|---|---|
${rows.join('\n')}
`;
}

function defaultOf({ default: value }: Setting): string {
  return `\`${JSON.stringify(value)}\``;
}

function descriptionOf({ markdownDescription, enum: choices = [], markdownEnumDescriptions: told = [] }: Setting): string {
  const described = choices.map((choice, index) => `<br>\`${choice}\`${told[index] === undefined ? '' : `: ${told[index]}`}`);
  return `${markdownDescription}${described.join('')}`.replaceAll(/#([\w.]+)#/g, '$1');
}

function keyName(key: string): string {
  const names = (chord: string): string =>
    chord
      .split('+')
      .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
      .join('+');
  return key.split(' ').map(names).join(' ');
}

// A table's cells are separated by bars.
function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
