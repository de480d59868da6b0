// Rendered Secrets are shown without their values: a preview is read over shoulders and lands in screenshots.
import { entriesOf, nodeAt, textOf } from '../workspace/yaml-path.ts';
import { splitDocuments, treeOf, yamlDocument } from '../workspace/yaml-document.ts';

/** What stands in place of a secret value: the same for all, so that not even its length shows. */
export const mask = '"********"';

// A shorter value, as `1` or `on`, stands everywhere, and hides nothing.
const shortestSecret = 4;

/**
 * Rendered YAML with the values of `data` and `stringData` of every Secret masked, and wherever else it stands, each of `values`. Values
 * that SOPS encrypted are no secret in Git and stay.
 */
export function maskSecrets(yaml: string, values: readonly string[] = []): string {
  // One value may be part of another.
  const longestFirst = values.filter(({ length }) => length >= shortestSecret).sort((a, b) => b.length - a.length);
  const masked = longestFirst.reduce((text, value) => text.replaceAll(value, '********'), yaml);
  return maskSecretObjects(masked);
}

function maskSecretObjects(yaml: string): string {
  if (!yaml.includes('Secret')) return yaml;
  return splitDocuments(yaml)
    .map(({ start, end }) => maskDocument(yaml.slice(start, end)))
    .join('');
}

function maskDocument(text: string): string {
  const document = yamlDocument(text);
  if (document.identity.kind !== 'Secret' || document.identity.apiVersion !== 'v1') return text;
  const tree = treeOf(document);
  if (tree.errors.length > 0) return `${text.startsWith('---') ? '---\n' : ''}# A Secret that can't be shown without its values.\n`;
  const values = ['data', 'stringData'].flatMap((field) =>
    entriesOf(tree, nodeAt(tree, [field])).flatMap(({ value }) => textOf(value) ?? []),
  );
  const hidden = values.filter(({ value }) => value !== '' && !value.startsWith('ENC[')).sort((a, b) => b.span.start - a.span.start);
  return hidden.reduce((masked, { span }) => {
    // A block scalar ends with its line break, which belongs to the document.
    const written = masked.slice(span.start, span.end);
    const lineBreak = /\n*$/.exec(written)?.[0].slice(0, 1) ?? '';
    return masked.slice(0, span.start) + mask + lineBreak + masked.slice(span.end);
  }, text);
}
