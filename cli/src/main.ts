// The `drydock` command: the editor's core in a terminal.
import { OutputError } from './output.ts';
import { AmbiguousError, UsageError } from './usage-error.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { diff } from './diff.ts';
import { fetchCommand } from './fetch.ts';
import { status } from './status.ts';
import { sync } from './sync.ts';
import { usage } from './usage.ts';
import { values } from './values.ts';

const [command, ...args] = process.argv.slice(2);

/** Exit codes are kustomize's and the linters': 0 fine, 1 something is wrong with the input, 2 with the command line. */
async function run(): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) return help();
  switch (command) {
    case 'build':
      return build(args);
    case 'check':
      return check(args);
    case 'values':
      return values(args);
    case 'fetch':
      return fetchCommand(args);
    case 'diff':
      return diff(args);
    case 'status':
      return status(args);
    case 'sync':
      return sync(args);
    case 'lsp':
      if (!args.some((argument) => /^--(?:stdio|node-ipc|socket|pipe)(?:=|$)/.test(argument))) throw new UsageError('lsp needs --stdio');
      // The connection reads its transport from the command line itself, and ends the process.
      await import('../../server/src/lsp/main.ts');
      return 0;
    case 'help':
    case '--help':
    case '-h':
      return help();
    default:
      throw new UsageError(command === undefined ? 'a command is missing' : `there is no command "${command}"`);
  }
}

function help(): number {
  process.stdout.write(usage);
  return 0;
}

// A reader that has seen enough, as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  process.exitCode = await run();
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`drydock: ${error.message}\n${error instanceof AmbiguousError ? '' : `\n${usage}`}`);
    process.exitCode = 2;
  } else if (error instanceof OutputError) {
    process.stderr.write(`drydock: ${error.message}\n`);
    process.exitCode = 1;
  } else throw error;
}
// A cluster that hangs leaves connections behind, for which the process would wait.
if (command !== 'lsp') process.stdout.write('', () => process.exit());
