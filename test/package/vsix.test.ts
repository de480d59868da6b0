import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../scripts/cache.ts';
import { freshRepository, sampleRemote } from '../../scripts/editor/fresh-repository.ts';
import { installExtension } from '../../scripts/editor/install-extension.ts';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { vsix } from '../../scripts/vsix.ts';

const run = promisify(execFile);
const maxSize = 15e6;

describe("This platform's package, installed by VS Code", () => {
  const folder = temporaryFolder('installed');
  const temporary = folder.path;
  let file: string;
  let installed: string;
  let files: readonly string[];
  before(async () => {
    file = await vsix();
    installed = await installExtension(file, path.join(temporary, 'extensions'), path.join(temporary, 'data'));
    const entries = await readdir(installed, { recursive: true, withFileTypes: true });
    files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  });
  after(() => folder[Symbol.dispose]());

  it('is not larger than 15 MB', async (t) => {
    const { size } = await stat(file);
    t.diagnostic(`${(size / 1e6).toFixed(1)} MB`);
    assert.ok(size <= maxSize, `${size} bytes`);
  });

  it('holds the programs, one engine, the schemas, and what a marketplace shows', () => {
    const program = process.platform === 'win32' ? 'dist/engine/drydock-engine.exe' : 'dist/engine/drydock-engine';
    const needed = ['dist/client.cjs', 'dist/server.cjs', 'dist/cli.mjs', program, 'dist/schemas/index.json'];
    const shown = ['package.json', 'readme.md', 'changelog.md', 'LICENSE.txt', 'media/icon.png'];
    assert.deepEqual(
      [...needed, ...shown].filter((name) => !files.includes(name)),
      [],
    );
    assert.equal(files.filter((name) => name.startsWith('dist/engine/')).length, 1);
  });

  it('holds every file that its manifest names', async () => {
    const manifest = await readFile(path.join(installed, 'package.json'), 'utf8');
    const named = [...manifest.matchAll(/"(?:\.\/)?((?:dist|media|syntaxes)\/[^"]+)"/g)].map(([, name]) => name!);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((name) => !files.includes(name)),
      [],
    );
  });

  it('holds no source, no map, no dependency, no script of the checkout', async () => {
    const unwanted = files.filter((name) =>
      /\.(ts|map|go|vsix)$|node_modules|^(test|scripts|samples|engine|server|client|out)\//.test(name),
    );
    assert.deepEqual(unwanted, []);
    const manifest = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(
      ['scripts', 'devDependencies', 'allowScripts'].filter((key) => key in manifest),
      [],
    );
  });

  it('renders with the command line that it brings', async () => {
    const fleet = path.join(temporary, 'fleet');
    await freshRepository(path.join(root, 'samples'), fleet, sampleRemote);
    const overlay = path.join(fleet, 'apps', 'storefront', 'overlays', 'production');
    const { stdout } = await run(process.execPath, [path.join(installed, 'dist', 'cli.mjs'), 'build', overlay]);
    assert.match(stdout, /^kind: Deployment$/m);
  });
});
