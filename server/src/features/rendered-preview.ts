import type { PreviewFacts, PreviewState } from '../../../protocol/src/messages.ts';
import { filterResources } from './resource-filter.ts';
import { maskSecrets } from './mask-secrets.ts';
import { splitDocuments } from '../workspace/yaml-document.ts';

/** What is known of a pipeline's rendering. */
export interface Rendered {
  /** The last good rendering, exactly as the tool prints it. */
  readonly yaml: string | undefined;
  /** Why the sources don't render as they are now; undefined when they do. */
  readonly failure: string | undefined;
  /** What the tool warns of, a line each. */
  readonly warnings: readonly string[];
  /** Values that came from Secrets. */
  readonly secrets: readonly string[];
  /** How long the last render took. */
  readonly milliseconds: number;
}

/** What a preview shows, and how. */
export interface Shown {
  /** The pipeline, for people. */
  readonly label: string;
  /** Where it is deployed to, in a few words: `cluster dev`; empty when that can't be told. */
  readonly destination: string;
  /** What of clusters was taken into it, in a few words; empty for nothing. */
  readonly clusters: string;
  /** The state of the sources, for people: `main at 1a2b3c4 with unsaved changes`; empty when there is nothing to say. */
  readonly revision: string;
  /** As {@link filterResources} understands it. */
  readonly filter: string;
}

/**
 * The text of a preview. Above manifests there is always one line of comment, so that lines keep their number while the
 * user types: it says what was rendered, and when the sources are broken that this is the last good rendering.
 *
 * @param rendered Undefined while the first render is under way.
 */
export function previewText(shown: Shown, rendered: Rendered | undefined): string {
  const { label } = shown;
  if (!rendered) return `# ${label}: rendering…\n`;
  const { yaml, failure } = rendered;
  if (yaml === undefined) return `# ${label} does not render:\n${inComments(failure ?? '')}`;
  return `# ${inOneLine(headingOf(shown, rendered))}\n${maskSecrets(filterResources(yaml, shown.filter).yaml, rendered.secrets)}`;
}

/** How a preview stands, for the client to mark it. */
export function previewState(shown: Shown, rendered: Rendered): PreviewState {
  const { yaml, failure, milliseconds } = rendered;
  const facts = factsOf(shown, rendered);
  if (failure === undefined) return { kind: 'current', milliseconds, ...facts };
  return { kind: yaml === undefined ? 'failed' : 'stale', message: failure, ...facts };
}

function factsOf({ filter, revision }: Shown, { yaml = '', warnings }: Rendered): PreviewFacts {
  const { shown, total } = filterResources(yaml, filter);
  return { resources: total, shown, filter, warnings, revision };
}

function headingOf(shown: Shown, rendered: Rendered): string {
  const { label, filter, destination, clusters, revision } = shown;
  const { failure } = rendered;
  if (failure !== undefined)
    return `LAST GOOD RENDERING. It fails now: ${failure} (${[label, ...(filter === '' ? [] : [`filter: ${filter}`])].join(', ')})`;
  const { warnings, yaml = '' } = rendered;
  const encrypted = encryptedIn(yaml);
  const told = [
    ...(encrypted === 0 ? [] : [`${encrypted} encrypted by SOPS`]),
    ...(warnings.length === 0 ? [] : [count(warnings.length, 'warning')]),
  ];
  return `${label}: ${[resourceCount(factsOf(shown, rendered)), destination, clusters, ...told, revision].filter(Boolean).join(', ')}`;
}

// What SOPS encrypted has a field of its own beside the values.
function encryptedIn(yaml: string): number {
  if (!yaml.includes('ENC[')) return 0;
  return splitDocuments(yaml).filter(({ start, end }) => /^sops:$[^]*\bENC\[/m.test(yaml.slice(start, end))).length;
}

/** `12 resources`, or with a filter `3 of 12 resources (filter: Deployment)`. */
export function resourceCount({ resources, shown, filter }: Pick<PreviewFacts, 'resources' | 'shown' | 'filter'>): string {
  return filter === '' ? count(resources, 'resource') : `${shown} of ${count(resources, 'resource')} (filter: ${filter})`;
}

/** A number of things: `1 warning`, `2 warnings`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

// kustomize nests its errors into very long lines; with nothing below there is room to read them.
function inComments(text: string): string {
  return inOneLine(text).replaceAll(/(.{1,100}|\S+)(?: |$)/g, '#   $1\n');
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
