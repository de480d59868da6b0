import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from './cache.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('The bootstrap', () => {
  /** Runs a command with nothing on PATH but links to these programs. */
  function runWith(programs: readonly string[], command: string): { readonly status: number | null; readonly stderr: string } {
    using bin = temporaryFolder('path');
    for (const program of programs) symlinkSync(onPath(program), path.join(bin.path, program));
    return spawnSync(process.execPath, ['scripts/run.mjs', command], {
      cwd: root,
      env: { ...process.env, PATH: bin.path },
      encoding: 'utf8',
    });
  }

  it('says that git is missing, and where to get it', () => {
    const { status, stderr } = runWith([], 'build');
    assert.match(stderr, /^Drydock needs git, [^\n]* https:\/\/git-scm\.com\/[^\n]*\n$/);
    assert.equal(status, 1);
  });

  it('says that Go is missing, and where to get it', { skip: process.platform === 'win32' && 'links need rights on Windows' }, () => {
    const { status, stderr } = runWith(['git'], 'build');
    assert.match(
      stderr,
      /^Drydock's engine is built with Go [\d.]+ or newer, and `go` does not run: [^\n]*https:\/\/go\.dev\/dl\/[^\n]*\n$/,
    );
    assert.equal(status, 1);
  });

  it('says that there is no such command', () => {
    const { status, stderr } = runWith([], '../evil');
    assert.match(stderr, /^There is no command '\.\.\/evil'[^\n]*\n$/);
    assert.equal(status, 1);
  });
});

function onPath(program: string): string {
  const { stdout } = spawnSync('which', [program], { encoding: 'utf8' });
  return stdout.trim();
}
