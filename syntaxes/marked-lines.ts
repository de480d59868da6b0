// Tokenizes YAML as VS Code does, with VS Code's own YAML grammar, and compares with expectations marked under the lines.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type IToken } from 'vscode-textmate';
import { root } from '../scripts/cache.ts';
import { codeServer } from '../scripts/editor/code-server.ts';

/** A grammar as package.json contributes it; `path` is relative to the checkout. */
export interface ContributedGrammar {
  readonly scopeName: string;
  readonly path: string;
  readonly language?: string;
  readonly injectTo?: readonly string[];
}

/** The grammars that package.json contributes. */
export async function contributedGrammars(): Promise<readonly ContributedGrammar[]> {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    contributes: { grammars: ContributedGrammar[] };
  };
  return manifest.contributes.grammars;
}

/** Loads a grammar as VS Code would, with our injections in it. */
export async function loadGrammar(scopeName: string): Promise<IGrammar> {
  const contributed = await contributedGrammars();
  const files = new Map([
    ...(await yamlGrammars()),
    ...contributed.map((grammar) => [grammar.scopeName, path.join(root, grammar.path)] as const),
  ]);
  await loadOniguruma();
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = files.get(scope);
      return file === undefined ? null : textmate.parseRawGrammar(await readFile(file, 'utf8'), file);
    },
    getInjections: (scope) => contributed.filter(({ injectTo }) => injectTo?.includes(scope)).map((grammar) => grammar.scopeName),
  });
  const grammar = await registry.loadGrammar(scopeName);
  assert.ok(grammar, `no grammar has the scope ${scopeName}`);
  return grammar;
}

/**
 * Checks scopes against marks. A line `#    ^^^ scope` is about the last line above that is no such line: every token under
 * the carets has the scope, or, with `!scope`, none has.
 */
export function checkMarkedLines(grammar: IGrammar, marked: string): void {
  let state = textmate.INITIAL;
  let line = '';
  let tokens: readonly IToken[] = [];
  for (const text of marked.split('\n')) {
    const mark = /^# *(?<carets>\^+) (?<not>!?)(?<scope>\S+)$/.exec(text);
    if (!mark?.groups) {
      line = text;
      ({ tokens, ruleStack: state } = grammar.tokenizeLine(line, state));
      continue;
    }
    const { carets = '', not, scope = '' } = mark.groups;
    const start = text.indexOf(carets);
    const under = tokens.filter((token) => token.startIndex < start + carets.length && token.endIndex > start);
    assert.ok(under.length > 0, `nothing stands above the carets of\n${line}\n${text}`);
    for (const token of under) {
      const has = token.scopes.includes(scope);
      assert.equal(has, not === '', `${line.slice(token.startIndex, token.endIndex)} has ${token.scopes.join(' ')}\n${line}\n${text}`);
    }
  }
}

async function yamlGrammars(): Promise<(readonly [string, string])[]> {
  const folder = path.join(await codeServer(), 'extensions', 'yaml', 'syntaxes');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.tmLanguage.json')).map((name) => path.join(folder, name));
  return Promise.all(
    files.map(async (file) => [(JSON.parse(await readFile(file, 'utf8')) as { scopeName: string }).scopeName, file] as const),
  );
}

let onigurumaLoaded: Promise<void> | undefined;

function loadOniguruma(): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  onigurumaLoaded ??= readFile(wasm).then((bytes) => oniguruma.loadWASM(bytes));
  return onigurumaLoaded;
}
