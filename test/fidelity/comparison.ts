// Compares what the engine and the real kustomize make of the same folders.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Engine, LoadRestrictor } from '../../server/src/engine/engine.ts';
import { type CommandOutput, asCommandOutput, differenceOf } from './command-output.ts';
import { kustomizeBuild } from './kustomize.ts';
import { once } from './once.ts';

const kustomizeBuilds = once(kustomizeBuild);

/** What came of a comparison of many folders. */
export interface Comparison {
  readonly equal: number;
  /** One text for each folder that differs: both outputs. */
  readonly different: readonly string[];
  /** Folders that need what is remote. The engine says so; the real tool, which would fetch it, was not asked. */
  readonly needNetwork: readonly string[];
}

/** Every folder at or below `root` that has a kustomization file, sorted. */
export async function kustomizationFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory() && /^(kustomization\.ya?ml|Kustomization)$/.test(entry.name));
  return [...new Set(files.map((entry) => entry.parentPath))].sort();
}

/** Renders each folder with the engine and with the program `kustomize`, and compares output, messages and warnings. */
export async function compare(
  engine: Engine,
  kustomize: string,
  folders: readonly string[],
  loadRestrictor: LoadRestrictor,
): Promise<Comparison> {
  const different: string[] = [];
  const needNetwork: string[] = [];
  for (const directory of folders) {
    const outcome = await engine.render({ op: 'build', render: { directory, loadRestrictor } }, new AbortController().signal);
    if (outcome.kind === 'failed' && outcome.message.startsWith('not fetched: ')) {
      needNetwork.push(directory);
      continue;
    }
    const ours = steady(asCommandOutput(outcome));
    const theirs = steady(await kustomizeBuilds(kustomize, directory, loadRestrictor));
    const difference = differenceOf(ours, theirs);
    if (difference !== undefined) different.push(`${path.relative('.', directory)} (${loadRestrictor})\n${difference}`);
  }
  return { equal: folders.length - different.length - needNetwork.length, different, needNetwork };
}

/** Leaves out what differs from run to run of one and the same program. */
function steady({ stdout, stderr, status }: CommandOutput): CommandOutput {
  const withoutStack = /^panic: .*/m.exec(stderr)?.[0] ?? stderr;
  const text = withoutStack
    .replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm, '') // when a line was logged
    .replace(/0x[0-9a-f]{6,}/g, '0x…') // where something is in memory
    .replace(/json: unable to /g, 'json: cannot '); // Go's JSON package chooses one by chance when a process starts
  return { stdout, stderr: text, status };
}
