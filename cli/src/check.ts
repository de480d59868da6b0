// `drydock check`: the editor's findings, for people and for programs.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type CheckedFile, checkWorkspace } from '../../server/src/session/check.ts';
import { fromNativePath, isWithin } from '../../server/src/workspace/paths.ts';
import type { Range } from '../../protocol/src/range.ts';
import type { Severity } from '../../server/src/rules/rule.ts';
import { UsageError } from './usage-error.ts';
import { clusterOptions, withCluster } from './cluster-options.ts';
import { foldersAround } from './folders-around.ts';
import { readArguments } from './arguments.ts';
import { relativePath } from './relative-path.ts';
import { startSession } from './start-session.ts';

/** Runs the command; gives the exit code. */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { format: { type: 'string', default: 'text' }, ...clusterOptions });
  const format = formats.get(values.format);
  if (!format) throw new UsageError(`--format is ${[...formats.keys()].join(' or ')}`);
  const places = (positionals.length > 0 ? positionals : ['.']).map((place) => path.resolve(place));
  const missing = places.find((place) => !existsSync(place));
  if (missing !== undefined) throw new UsageError(`${missing} does not exist`);
  const wanted = places.map(fromNativePath);
  const session = await startSession(wanted, (settings) => withCluster(settings, values));
  try {
    await session.openFolders(await foldersAround(wanted));
    const checked = await checkWorkspace(session, (file) => wanted.some((place) => isWithin(place, file)));
    for (const { path: skipped, reason } of session.workspace.snapshot.skipped) {
      if (wanted.some((place) => isWithin(place, skipped))) process.stderr.write(`${relativePath(skipped)}: skipped: ${reason}\n`);
    }
    if (session.rendering.kind === 'off') process.stderr.write(`nothing was rendered: ${session.rendering.reason}\n`);
    process.stdout.write(format(checked));
    return checked.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) ? 1 : 0;
  } finally {
    session.dispose();
  }
}

const formats: ReadonlyMap<string, (checked: readonly CheckedFile[]) => string> = new Map([
  ['text', text],
  ['json', json],
]);

function text(checked: readonly CheckedFile[]): string {
  const lines = checked.flatMap(({ path: file, findings }) =>
    findings.map(({ range, severity, message, code, related = [] }) => {
      const elsewhere = related.map((place) => `    ${position(place.path, place.range)}: ${place.message.trim()}\n`);
      return `${position(file, range)}: ${severity}: ${message.trim()} [${code}]\n${elsewhere.join('')}`;
    }),
  );
  const count = (wanted: Severity): string => {
    const number = checked.flatMap(({ findings }) => findings).filter(({ severity }) => severity === wanted).length;
    return `${number} ${wanted}${number === 1 ? '' : 's'}`;
  };
  return `${lines.join('')}${count('error')}, ${count('warning')}\n`;
}

// Lines and columns count from 1, as in the text format.
function json(checked: readonly CheckedFile[]): string {
  const findings = checked.flatMap(({ path: file, findings: found }) =>
    found.map(({ range, severity, message, code, related }) => ({
      ...placed(file, range),
      severity,
      code,
      message,
      ...(related ? { related: related.map((place) => ({ ...placed(place.path, place.range), message: place.message })) } : {}),
    })),
  );
  return `${JSON.stringify(findings, null, 2)}\n`;
}

function position(file: string, { start }: Range): string {
  return `${relativePath(file)}:${start.line + 1}:${start.character + 1}`;
}

function placed(file: string, { start, end }: Range): Record<string, string | number> {
  return {
    path: relativePath(file),
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
