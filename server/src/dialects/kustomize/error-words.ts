// kustomize wraps an error in the words of every step that led to it. What was wrong stands inside.

// Each takes one layer off an error's words and gives what is left; kustomize api v0.21.2: internal/target/kusttarget.go,
// internal/loader, kv, plugins.
const layers: readonly ((words: string) => string | undefined)[] = [
  entryError,
  // kustomize-controller's.
  after(/^kustomize build failed: /),
  after(/^accumulating (?:resources|components): /),
  after(/^recursed (?:accumulation of|merging from) path '[^']*': /),
  after(/^couldn't make target for path '[^']*': /),
  quotedAfter(/^(?:loader\.New|accumulateDirectory:) (?=")/),
  after(/^(?:accumulating|merging) resources from '[^]*?': /),
  after(/^must build at directory: /),
  after(/^not a valid directory: (?=.)/),
  after(/^trouble configuring builtin \w+ with config: `[^]*?`: /),
  after(/^loading KV pairs: (?:\w+ )+\w*: \[.*?\]: /),
  after(/^(?:failed to get the patch file from path|unable to get the patch file from path)\([^]*?\): /),
  // The path that was looked for is told again by what failed.
  after(/^evalsymlink failure on '[^]*?' : (?=lstat )/),
  after(/^Failed to read kustomization file under [^\n]*:\n/),
  after(/^merging vars \[[^]*?\]: (?=var )/),
  after(/^loading CRDs \[.*?\]: /),
  after(/^map\[string\]interface \{\}\(nil\): yaml: unmarshal errors:\s+/),
  // A pointer, another one each time.
  after(/^merging from generator &\{[^}]*\}: /),
  after(/^loading (?:generator|transformer|validator) plugins: (?:failed to load \w+: )?/),
];

/** The part of kustomize's error that says what is wrong, in its own words. */
export function innermostWords(message: string): string {
  let words = message.trim();
  for (;;) {
    const inner = layers.reduce<string | undefined>((found, layer) => found ?? layer(words), undefined)?.trim();
    if (inner === undefined || inner === '' || inner === words) return withoutInput(words);
    words = inner;
  }
}

// Some words are followed by the whole entry that they are about.
function withoutInput(words: string): string {
  return words.replace(/(?<=^must specify one of patch and path) in\n[^]*$|(?<=^patch and path can't be set at the same time)\n[^]*$/, '');
}

// An entry of `resources` is tried as a file, then as a folder; both errors are told:
// `accumulation err='<as a file>': <as a folder>`. The one that says why is that of what the entry is.
function entryError(words: string): string | undefined {
  const [, asFile, asFolder] = /^accumulation err='((?:accumulating|merging) resources from '[^]*?': [^]*?)': ([^]*)$/.exec(words) ?? [];
  if (asFile === undefined || asFolder === undefined) return undefined;
  // Flux's file system says it in other words.
  const isFolder = /(?:must resolve to a file|: is a directory)$/.test(asFile);
  return isFolder || !asFolder.startsWith('must build at directory: ') ? asFolder : asFile;
}

function after(layer: RegExp): (words: string) => string | undefined {
  return (words) => {
    const [outer] = layer.exec(words) ?? [];
    return outer === undefined ? undefined : words.slice(outer.length);
  };
}

// Errors of components are quoted as Go's `%q` does it, those of components in components twice.
function quotedAfter(layer: RegExp): (words: string) => string | undefined {
  const rest = after(layer);
  return (words) => {
    const quoted = rest(words);
    if (quoted === undefined) return undefined;
    try {
      // Go also writes \a, \v, \x.. and \U........, which JSON does not know: such words stay quoted.
      const text: unknown = JSON.parse(quoted);
      return typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  };
}
