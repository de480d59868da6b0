import type { PreviewState } from '../../../protocol/src/messages.ts';
import { maskSecrets } from './mask-secrets.ts';
import { splitDocuments } from '../workspace/yaml-document.ts';

/** What is known of an overlay's rendering. */
export interface Rendered {
  /** The last good rendering, exactly as `kustomize build` prints it. */
  readonly yaml: string | undefined;
  /** Why the sources don't render as they are now; undefined when they do. */
  readonly failure: string | undefined;
  /** Values that came from Secrets. */
  readonly secrets: readonly string[];
  /** How long the last render took. */
  readonly milliseconds: number;
}

/**
 * The text of a preview. Above manifests there is always one line of comment, so that lines keep their number while the
 * user types: it says what was rendered, and when the sources are broken that this is the last good rendering.
 *
 * @param label The overlay, for people.
 * @param rendered Undefined while the first render is under way.
 */
export function previewText(label: string, rendered: Rendered | undefined): string {
  if (!rendered) return `# ${label}: rendering…\n`;
  const { yaml, failure } = rendered;
  if (yaml === undefined) return `# ${label} does not render:\n${inComments(failure ?? '')}`;
  const heading =
    failure === undefined ? `# ${label}: ${countResources(yaml)}` : `# LAST GOOD RENDERING. It fails now: ${inOneLine(failure)} (${label})`;
  return `${heading}\n${maskSecrets(yaml, rendered.secrets)}`;
}

/** How a preview stands, for the client to mark it. */
export function previewState({ yaml, failure, milliseconds }: Omit<Rendered, 'secrets'>): PreviewState {
  if (failure === undefined) return { kind: 'current', resources: resourcesIn(yaml ?? ''), milliseconds };
  return { kind: yaml === undefined ? 'failed' : 'stale', message: failure };
}

function countResources(yaml: string): string {
  const count = resourcesIn(yaml);
  return count === 1 ? '1 resource' : `${count} resources`;
}

function resourcesIn(yaml: string): number {
  return yaml.trim() === '' ? 0 : splitDocuments(yaml).length;
}

// kustomize nests its errors into very long lines; with nothing below there is room to read them.
function inComments(text: string): string {
  return inOneLine(text).replaceAll(/(.{1,100}|\S+)(?: |$)/g, '#   $1\n');
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
