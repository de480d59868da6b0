// What a `settings.json` of VS Code says under `drydock.`.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { GivenSettings } from '../../server/src/session/settings.ts';

/** What a setting may be, and how to say so. */
export interface Shape {
  readonly words: string;
  fits(value: unknown): boolean;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const number: Shape = { words: 'a number', fits: (value) => typeof value === 'number' };
export const boolean: Shape = { words: 'true or false', fits: (value) => typeof value === 'boolean' };
export const string: Shape = { words: 'a string', fits: (value) => typeof value === 'string' };
export const strings: Shape = { words: 'a list of strings', fits: (value) => Array.isArray(value) && value.every(string.fits) };
export const oneOf = (...choices: readonly unknown[]): Shape => ({ words: choices.join(' or '), fits: (value) => choices.includes(value) });
export const mapOf = (shape: Shape): Shape => ({
  words: `an object of which each value is ${shape.words}`,
  fits: (value) => isRecord(value) && Object.values(value).every(shape.fits),
});

/** The settings that are read, by their names behind `drydock.`. */
export type Shapes = ReadonlyMap<string, Shape>;

/**
 * Reads those settings of a file.
 *
 * @param wrong Takes what is written wrong, a sentence each; such a setting is left out.
 */
export async function readSettingsFile(file: string, shapes: Shapes, wrong: (sentence: string) => void): Promise<GivenSettings> {
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const content: unknown = parse(text, errors, { allowTrailingComma: true });
  for (const { error, offset } of errors) {
    const line = text.slice(0, offset).split('\n').length;
    wrong(`${shown(file)}:${line}: ${printParseErrorCode(error)}; what can be read of the settings counts`);
  }
  const given: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of settingsIn(content, '', shapes)) {
    const shape = shapes.get(name);
    if (!shape) continue;
    if (!shape.fits(value)) {
      wrong(`${shown(file)}: drydock.${name} should be ${shape.words}; its default is taken`);
      continue;
    }
    const [section = '', key] = name.split('.');
    given[section] = key === undefined ? (value as Record<string, unknown>) : { ...given[section], [key]: value };
  }
  return given;
}

/** Settings by their names behind `drydock.`; a name may stand in one piece, or in objects within objects, as VS Code allows. */
function* settingsIn(value: unknown, prefix: string, shapes: Shapes): Generator<readonly [name: string, value: unknown]> {
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix + key;
    if (name.startsWith('drydock.') && shapes.has(name.slice('drydock.'.length))) yield [name.slice('drydock.'.length), inner];
    else if (name === 'drydock' || name.startsWith('drydock.')) yield* settingsIn(inner, `${name}.`, shapes);
  }
}

function shown(file: string): string {
  return path.relative(process.cwd(), file).replaceAll(path.sep, '/');
}
