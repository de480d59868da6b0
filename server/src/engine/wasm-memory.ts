// WebAssembly modules as Go makes them may grow to 4 GB. The limit stands in the module itself, in its memory section.

import { joinBytes } from './frames.ts';

const headerSize = 8;
const memorySection = 5;
const pageSize = 65_536;

/**
 * Gives a module that can't have more memory than `limit` bytes: its runtime ends with "out of memory" instead.
 *
 * @throws Error when `module` is no WebAssembly module with one memory of its own.
 */
export function limitMemory(module: Uint8Array, limit: number): Uint8Array {
  for (let at = headerSize; at < module.length;) {
    const id = module[at];
    const size = readNumber(module, at + 1);
    const end = size.end + size.value;
    if (id === memorySection) {
      const count = readNumber(module, size.end);
      const flags = readNumber(module, count.end);
      const minimum = readNumber(module, flags.end);
      if (count.value !== 1 || flags.value !== 0) break;
      const pages = Math.max(minimum.value, Math.floor(limit / pageSize));
      const content = [...encodeNumber(1), ...encodeNumber(1), ...encodeNumber(minimum.value), ...encodeNumber(pages)];
      const section = [memorySection, ...encodeNumber(content.length), ...content];
      return joinBytes([module.subarray(0, at), Uint8Array.from(section), module.subarray(end)]);
    }
    at = end;
  }
  throw new Error('The WebAssembly engine has no memory section that can be limited.');
}

// Numbers are written in groups of seven bits, the lowest first (LEB128); every byte but the last has its high bit set.

function readNumber(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start, weight = 1; ; at++, weight *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return { value, end: at + 1 };
  }
}

function encodeNumber(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...encodeNumber(Math.floor(value / 128))];
}
