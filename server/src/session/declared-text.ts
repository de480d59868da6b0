import type { View } from '../model/view.ts';
import type { ObjectName } from '../cluster/tree/row.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { YamlDocument } from '../workspace/yaml-document.ts';

/** An object as a file here declares it. */
export interface DeclaredText {
  readonly document: YamlDocument;
  readonly file: SourceFile;
}

/**
 * The object of that name in the open files; undefined when none declares it, or several do. A file that names no namespace may mean any.
 */
export function declaredText({ graph }: View, { group, kind, namespace, name }: ObjectName): DeclaredText | undefined {
  const found = graph
    .objects((ofGroup, ofKind) => ofGroup === group && ofKind === kind)
    .filter(({ object }) => object.name === name && (object.namespace === '' || object.namespace === namespace));
  const [only, ...others] = found;
  if (!only || others.length > 0) return undefined;
  return { document: only.object.placed.document, file: only.file };
}
