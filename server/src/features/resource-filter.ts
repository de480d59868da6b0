// Which resources of a rendering a preview shows.
import { type RenderedResource, resourcePlaces, resourcesIn } from './rendered-resources.ts';

/** A rendering with a filter applied. */
export interface Filtered {
  /** The documents that match, as they were. */
  readonly yaml: string;
  /** Which documents of the rendering these are, counted from 0 among those with content. */
  readonly documents: readonly number[];
  readonly shown: number;
  readonly total: number;
}

/**
 * The resources of a rendering that match a filter: patterns with spaces or commas between them, of which one must match.
 * `Deployment` is a kind or a part of a name, `Deployment/shop` a kind and a name, `namespace/Deployment/shop` its namespace too.
 * `*` stands for any text, and case does not count. An empty filter matches all.
 */
export function filterResources(yaml: string, filter: string): Filtered {
  const wanted = patternsOf(filter).map(matcherOf);
  if (wanted.length === 0) {
    const total = resourcePlaces(yaml).length;
    return { yaml, documents: Array.from({ length: total }, (_, index) => index), shown: total, total };
  }
  const resources = resourcesIn(yaml);
  const matching = resources.filter((resource) => wanted.some((matches) => matches(resource)));
  const text = matching.map(({ document }) => yaml.slice(document.start, document.end)).join('');
  // What was not first has a mark in front, which the first has only when the tool gives it one.
  const isMarked = yaml.startsWith('---');
  return {
    yaml: isMarked ? text : text.replace(/^---[ \t]*\n/, ''),
    documents: matching.map((resource) => resources.indexOf(resource)),
    shown: matching.length,
    total: resources.length,
  };
}

function patternsOf(filter: string): string[] {
  return filter.split(/[\s,]+/).filter((pattern) => pattern !== '');
}

function matcherOf(pattern: string): (resource: RenderedResource) => boolean {
  const parts = pattern.split('/');
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) {
    const [whole, part] = [glob(last), glob(`*${last}*`)];
    return ({ kind, name }) => whole.test(kind) || part.test(name);
  }
  // An empty part is one that does not matter: `Deployment/`, `/shop`.
  const [name, kind, namespace = glob('*')] = parts.toReversed().map((part) => glob(part || '*'));
  return (resource) =>
    name?.test(resource.name) === true && kind?.test(resource.kind) === true && namespace.test(resource.namespace) && parts.length <= 3;
}

function glob(pattern: string): RegExp {
  const literal = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*')}$`, 'i');
}
