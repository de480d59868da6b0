// Where the build products lie that a running server needs: beside its bundle.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EngineBuild } from '../engine/engine.ts';

/** Build products on disk, by native paths. */
export interface Assets {
  /** The folder of generated schemas. */
  readonly schemas: string;
  /** The engine's build for this platform, when the package has one. */
  readonly nativeEngine: string | undefined;
  /** The engine's WebAssembly build and the script of its worker, when the package has them. */
  readonly wasmEngine: { readonly module: string; readonly worker: string } | undefined;
}

/** The assets in a bundle's folder, as `npm run build` lays them out. */
export function assetsIn(dist: string): Assets {
  const present = (...parts: string[]): string | undefined => {
    const place = path.join(dist, ...parts);
    return existsSync(place) ? place : undefined;
  };
  const module = present('engine', 'engine.wasm');
  const worker = present('wasm-worker.cjs');
  return {
    schemas: path.join(dist, 'schemas'),
    nativeEngine: present('engine', process.platform === 'win32' ? 'drydock-engine.exe' : 'drydock-engine'),
    wasmEngine: module !== undefined && worker !== undefined ? { module, worker } : undefined,
  };
}

/** Which engine to start, or why there is none. */
export function engineBuild({ nativeEngine, wasmEngine }: Assets, wanted: 'auto' | 'native' | 'wasm'): EngineBuild | string {
  if (wanted !== 'wasm' && nativeEngine !== undefined) return { kind: 'native', program: nativeEngine };
  if (wanted !== 'native' && wasmEngine !== undefined) return { kind: 'wasm', ...wasmEngine };
  const missing = wanted === 'auto' ? 'engine' : `${wanted} engine`;
  return `this package holds no ${missing} for ${process.platform}-${process.arch}; install the one of this platform`;
}
