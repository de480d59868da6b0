// The ConfigMaps and Secrets that Flux objects take values from, as far as the repository tells them.
import { stringify } from 'yaml';
import type { ConfigPlace, FoundObject, Planning } from '../../model/planning.ts';
import { type YamlDocument, treeOf, yamlDocument } from '../../workspace/yaml-document.ts';
import { declaredObject, kindOf } from '../../model/object.ts';
import { entriesOf, nodeAt, textOf } from '../../workspace/yaml-path.ts';
import { nearestObject } from '../../model/nearest-object.ts';
import { pipelinesAround } from './pipelines-around.ts';
import { sourceFile } from '../../workspace/source-file.ts';

/** How a Flux object names a ConfigMap or Secret in its own namespace. */
export interface ConfigName {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
}

/** A ConfigMap or Secret, and where it was found. */
export interface Config {
  readonly document: YamlDocument;
  readonly place: ConfigPlace;
}

/**
 * The ConfigMap or Secret that a Flux object names: from the settings, from what renders the object or includes it, or as it is written
 * nearest to it. Undefined when the repository does not have it.
 */
export async function configObject(
  { kind, name }: ConfigName,
  found: FoundObject,
  { view, settings, rendered }: Planning,
): Promise<Config | undefined> {
  const { pipeline, file } = found;
  const given = settings.flux.substitutions[name];
  const { namespace } = pipeline;
  if (given) return { document: configOf({ kind, name }, namespace, given), place: { kind: 'settings' } };
  for (const other of pipelinesAround(view.graph, found)) {
    const document = documentIn((await rendered(other)) ?? '', kind, namespace, name);
    if (document) return { document, place: { kind: 'rendering', pipeline: other } };
  }
  const written = nearestObject(view.graph, file, { group: '', objectKind: kind, namespace, name });
  if (!written) return undefined;
  const { document, start } = written.object.placed;
  const { path, lines } = written.file;
  return { document, place: { kind: 'file', path, line: lines.positionAt(start).line + 1 } };
}

/** An object with these values. */
export function configOf({ kind, name }: ConfigName, namespace: string, values: Readonly<Record<string, string>>): YamlDocument {
  const field = kind === 'Secret' ? 'stringData' : 'data';
  return yamlDocument(stringify({ apiVersion: 'v1', kind, metadata: { name, namespace }, [field]: values }));
}

/** A key's value: its text, or what is encrypted in Git. */
export type ConfigValue = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'encrypted' };

/** The values of a ConfigMap or Secret by their keys. */
export function valuesOf(document: YamlDocument): ReadonlyMap<string, ConfigValue> {
  const tree = treeOf(document);
  const values = new Map<string, ConfigValue>();
  for (const field of ['data', 'stringData']) {
    for (const { key, value } of entriesOf(tree, nodeAt(tree, [field]))) {
      const text = textOf(value)?.value ?? '';
      const isEncoded = document.identity.kind === 'Secret' && field === 'data';
      if (text.startsWith('ENC[')) values.set(key, { kind: 'encrypted' });
      else values.set(key, { kind: 'text', text: isEncoded ? Buffer.from(text, 'base64').toString() : text });
    }
  }
  return values;
}

function documentIn(yaml: string, kind: string, namespace: string, name: string): YamlDocument | undefined {
  const file = sourceFile('/rendering.yaml', yaml);
  const placed = file.documents.find((each) => {
    if (kindOf(each, file.path)?.kind !== kind) return false;
    const object = declaredObject(file, each);
    return object?.name === name && (object.namespace === namespace || namespace === '');
  });
  return placed?.document;
}
