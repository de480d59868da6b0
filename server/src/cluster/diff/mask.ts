// Secrets on both sides of a difference, showing only which of their values differ.
import { type Json, type JsonObject, isObject } from './json.ts';

const fields = ['data', 'stringData'] as const;
const masked = '********';

/** The two sides with the values of a Secret masked; anything else as it is. Absent sides stay absent. */
export function maskSides(
  live: JsonObject | undefined,
  rendered: JsonObject | undefined,
): { readonly live: JsonObject | undefined; readonly rendered: JsonObject | undefined } {
  const isSecret = [live, rendered].some((side) => side?.['kind'] === 'Secret' && side['apiVersion'] === 'v1');
  return isSecret ? { live: maskedSide(live, rendered, 'live'), rendered: maskedSide(rendered, live, 'rendered') } : { live, rendered };
}

function maskedSide(side: JsonObject | undefined, other: JsonObject | undefined, name: string): JsonObject | undefined {
  if (!side) return undefined;
  const hidden = fields.flatMap((field): [string, Json][] => {
    const values = side[field];
    if (!isObject(values)) return [];
    const others = other?.[field];
    const entries = Object.keys(values).map((key): [string, Json] => {
      const isSame = isObject(others) && others[key] === values[key];
      return [key, isSame ? masked : `${masked} (${name})`];
    });
    return [[field, Object.fromEntries(entries)]];
  });
  return { ...side, ...Object.fromEntries(hidden) };
}
