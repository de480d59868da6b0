// Builds the engine: one program for every platform, one WebAssembly module for all others.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { product, root } from './cache.ts';
import { helmVersion } from './helm-module.ts';
import { run } from './process.ts';
import { stageEngine, stageScripts } from './stage-engine.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A platform that the engine is built for, in Node's words. */
export interface Target {
  readonly os: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64';
}

/** Every platform with a native engine. */
export const targets: readonly Target[] = (['linux', 'darwin', 'win32'] as const).flatMap((os) =>
  (['x64', 'arm64'] as const).map((arch) => ({ os, arch })),
);

const goNames = { linux: 'linux', darwin: 'darwin', win32: 'windows', x64: 'amd64', arm64: 'arm64' } as const;
/** The version of kustomize's command line that renders with the kustomize/api of engine/go.mod. */
export const kustomizeVersion = 'v5.8.2';

/** The flags that decide what a build gives. */
async function buildFlags(): Promise<string[]> {
  const versions = {
    'sigs.k8s.io/kustomize/api/provenance.version': kustomizeVersion,
    'helm.sh/helm/v4/internal/version.version': await helmVersion(),
  };
  const set = Object.entries(versions).map(([name, version]) => `-X ${name}=${version}`);
  return ['-trimpath', '-buildvcs=false', `-ldflags=-s -w ${set.join(' ')}`];
}

/**
 * Builds the native engine, unless it is built already.
 *
 * @returns Absolute path of the program.
 * @throws Error when this machine has no Go, or the build fails.
 */
export async function nativeEngine(target: Target = thisPlatform()): Promise<string> {
  const environment = { GOOS: goNames[target.os], GOARCH: goNames[target.arch] };
  const program = target.os === 'win32' ? 'engine.exe' : 'engine';
  return goProduct(`engine-${target.os}-${target.arch}`, program, environment, []);
}

/**
 * Builds the engine as WebAssembly, unless it is built already.
 *
 * @returns Absolute path of the module.
 * @throws Error when this machine has no Go, or the build fails.
 */
export async function wasmEngine(): Promise<string> {
  return goProduct('engine-wasm', 'engine.wasm', { GOOS: 'wasip1', GOARCH: 'wasm' }, ['-buildmode=c-shared']);
}

/** The platform that this runs on. Throws when no native engine exists for it. */
export function thisPlatform(): Target {
  const found = targets.find((target) => target.os === process.platform && target.arch === process.arch);
  if (!found) throw new Error(`There is no native engine for ${process.platform} ${process.arch}; use the WebAssembly build.`);
  return found;
}

async function goProduct(
  name: string,
  file: string,
  environment: Readonly<Record<string, string>>,
  mode: readonly string[],
): Promise<string> {
  const env = { CGO_ENABLED: '0', ...environment };
  const args = ['build', ...(await buildFlags()), ...mode];
  const facts = [await goVersion(), ...args, ...Object.values(env), process.env['GOFLAGS'] ?? ''];
  const folder = await product(name, { paths: await sources(), facts }, async (made) => {
    using stage = temporaryFolder('engine');
    await stageEngine(stage.path);
    await run('go', [...args, '-o', path.join(made, file), '.'], { cwd: stage.path, env });
  });
  return path.join(folder, file);
}

async function goVersion(): Promise<string> {
  try {
    return (await run('go', ['env', 'GOVERSION'])).trim();
  } catch (error) {
    throw new Error(
      'The engine is built with Go 1.26 or newer, and `go` does not run. Install it from https://go.dev/dl/ and put it on PATH.',
      { cause: error },
    );
  }
}

/** What a build reads: Go files and module files of the engine, without tests, data in its packages, and the edits to modules. */
async function sources(): Promise<string[]> {
  const files = await readdir(path.join(root, 'engine'), { recursive: true });
  return files
    .map((file) => path.posix.join('engine', ...file.split(path.sep)))
    .filter((file) => /\/go\.(mod|sum)$|(?<!_test)\.go$|^engine\/internal\/.*\.txt$/.test(file))
    .concat(stageScripts)
    .sort();
}
