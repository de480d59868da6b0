// Secrets on both sides of a difference, showing only which of their values differ.
import { type Json, type JsonObject, isObject } from './json.ts';

/** The two sides of a difference; absent where there is nothing. */
export interface Sides {
  readonly live: JsonObject | undefined;
  readonly rendered: JsonObject | undefined;
}

const fields: readonly string[] = ['data', 'stringData'];
const masked = '********';

// A shorter value, as `1` or `on`, stands everywhere, and hides nothing.
const shortestSecret = 4;

/**
 * The two sides without anything secret: the values of a Secret, and wherever else one of `secrets` stands, there and on the other side,
 * which may have an older one. What differs is marked with its side.
 */
export function maskSides({ live, rendered }: Sides, secrets: readonly string[]): Sides {
  const isSecret = [live, rendered].some((side) => side?.['kind'] === 'Secret' && side['apiVersion'] === 'v1');
  const hidden = secrets.filter(({ length }) => length >= shortestSecret);
  const holds = (value: Json | undefined): boolean => typeof value === 'string' && hidden.some((secret) => value.includes(secret));
  const side = (value: Json, other: Json | undefined, name: string, all: boolean): Json => {
    if (Array.isArray(value)) {
      const others: readonly Json[] = Array.isArray(other) ? (other as readonly Json[]) : [];
      return (value as readonly Json[]).map((item, index) => side(item, others[index], name, all));
    }
    if (isObject(value)) {
      const others = isObject(other) ? other : {};
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, side(inner ?? null, others[key], name, all)]));
    }
    if (!all && !holds(value) && !holds(other)) return value;
    return value === other ? masked : `${masked} (${name})`;
  };
  const shown = (object: JsonObject | undefined, other: JsonObject | undefined, name: string): JsonObject | undefined => {
    if (!object) return undefined;
    const entries = Object.entries(object).map(([key, value]) => [
      key,
      side(value ?? null, other?.[key], name, isSecret && fields.includes(key)),
    ]);
    return Object.fromEntries(entries) as JsonObject;
  };
  return { live: shown(live, rendered, 'live'), rendered: shown(rendered, live, 'rendered') };
}

/** A text, of a server for example, without any of `secrets`. */
export function maskText(text: string, secrets: readonly string[]): string {
  const hidden = secrets.filter(({ length }) => length >= shortestSecret);
  return hidden.reduce((left, secret) => left.replaceAll(secret, masked), text);
}
