// Folders that the user says are what lies elsewhere.
import { plainAddress } from './address.ts';
import { resolveFrom } from './paths.ts';

/** `drydock.sources.map`: folders by the address that they stand for, by the beginning of one, or by the name of a Flux source. */
export type Mappings = Readonly<Record<string, string>>;

/**
 * The folder or file that stands for a source, whatever its revision; undefined when no mapping is for it. The longest
 * address wins, and what follows it in the source's URL is taken below the folder.
 *
 * @param folder What relative folders are relative to.
 * @param source An address, and the name of a chart at it; empty for none.
 */
export function mappedPlace(
  mappings: Mappings,
  folder: string,
  source: { readonly url: string; readonly name: string },
): string | undefined {
  const wanted = plainAddress(source.url);
  const matches = Object.entries(mappings)
    .map(([address, target]) => ({ address: plainAddress(address), target }))
    .filter(({ address }) => wanted === address || wanted.startsWith(`${address}/`))
    .sort((a, b) => b.address.length - a.address.length);
  const [match] = matches;
  if (!match) return undefined;
  const below = wanted.slice(match.address.length + 1);
  if (below.split('/').includes('..')) return undefined; // it would lead out of the folder
  return resolveFrom(resolveFrom(folder, match.target), [below, source.name].filter(Boolean).join('/'));
}

/** The folder that stands for a Flux source of this name (`OCIRepository/flux-system/apps`); undefined when no mapping is for it. */
export function mappedByName(mappings: Mappings, folder: string, name: string): string | undefined {
  const target = Object.hasOwn(mappings, name) ? mappings[name] : undefined;
  return target === undefined ? undefined : resolveFrom(folder, target);
}
