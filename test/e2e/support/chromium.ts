// A Chromium to show VS Code in: the machine's own, else one from npm.
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { product } from '../../../scripts/cache.ts';
import { installPackages } from '../../../scripts/install-package.ts';
import { run } from '../../../scripts/process.ts';
import { step } from '../../../scripts/progress.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const npmVersion = '153.0.0';

/** A browser's program, and what it needs in its environment. */
export interface Chromium {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Finds a Chromium: `CHROME_PATH` when set, one on PATH or at its usual place, else npm's, which is installed when it is
 * needed. `DRYDOCK_CHROMIUM=npm` takes npm's in any case.
 *
 * @throws Error when there is none and npm's does not run on this platform.
 */
export async function findChromium(): Promise<Chromium> {
  const { CHROME_PATH: named, DRYDOCK_CHROMIUM: wanted } = process.env;
  if (wanted === 'npm') return npmChromium();
  if (named) return { program: named, env: {} };
  const program = onPath() ?? places.find((place) => existsSync(place));
  return program === undefined ? npmChromium() : { program, env: {} };
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((place) => existsSync(place));
}

/** Unpacks what `@sparticuz/chromium` carries into the folder that it takes for temporary files. */
const unpack = `
  const { default: chromium, inflate } = await import('@sparticuz/chromium');
  await chromium.executablePath();
  await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br');
`;

/** The fonts beside this file are all that a bare machine has. */
const fontconfig = '<fontconfig><dir prefix="relative">fonts</dir><dir>/usr/share/fonts</dir></fontconfig>';

async function npmChromium(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium was found to show VS Code in: install Chrome or Chromium, or set CHROME_PATH to its program.');
  }
  const folder = await product('chromium', { paths: [], facts: [npmVersion, unpack, fontconfig] }, (made) =>
    step(`Chromium (@sparticuz/chromium ${npmVersion} from npm)`, async () => {
      await writeFile(path.join(made, 'package.json'), JSON.stringify({ private: true }));
      await installPackages(made, [`@sparticuz/chromium@${npmVersion}`]);
      await run(process.execPath, ['--input-type=module', '--eval', unpack], { cwd: made, env: { TMPDIR: made } });
      await rm(path.join(made, 'node_modules'), { recursive: true });
      await writeFile(path.join(made, 'fonts', 'fonts.conf'), fontconfig);
    }),
  );
  return {
    program: path.join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: path.join(folder, 'fonts', 'fonts.conf') },
  };
}
