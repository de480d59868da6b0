// What a pipeline renders, as rows of the tree: what is rendered in turn can be opened further.
import type { ObjectNode } from '../../../protocol/src/messages.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { maskSecrets } from './mask-secrets.ts';
import { pipelinesWithin } from './pipelines-of.ts';
import { previewUri } from '../model/preview-uri.ts';
import { declaredObject } from '../model/object.ts';
import { sourceFile } from '../workspace/source-file.ts';

/** What is known of a pipeline's rendering. */
export interface RenderedRows {
  readonly yaml: string | undefined;
  readonly failure: string | undefined;
  readonly secrets: readonly string[];
}

/** A row for each rendered resource, in the order of the rendering; its place is in the preview. */
export function renderedObjects(pipeline: Pipeline, { yaml = '', failure, secrets }: RenderedRows): ObjectNode[] {
  const uri = previewUri(pipeline);
  if (failure !== undefined) return [failureRow(uri, failure)];
  // A preview has one line above.
  const file = sourceFile('/rendering.yaml', `\n${maskSecrets(yaml, secrets)}`);
  return file.documents.flatMap((placed): ObjectNode[] => {
    const object = declaredObject(file, placed);
    if (!object) return [];
    const [inner] = pipelinesWithin(pipeline, { ...file, documents: [placed] });
    const start = file.lines.positionAt(placed.start + placed.document.text.search(/^[^\s#-]/m));
    return [
      {
        id: `${uri}#${object.group}/${object.kind}/${object.namespace}/${object.name}`,
        label: object.name || '(unnamed)',
        description: object.namespace === '' ? object.kind : `${object.kind} in ${object.namespace}`,
        kind: object.kind,
        location: { uri, range: { start, end: start } },
        ...(inner ? { preview: previewUri(inner) } : {}),
        problems: 0,
        children: [],
      },
    ];
  });
}

function failureRow(uri: string, failure: string): ObjectNode {
  const start = { line: 0, character: 0 };
  const location = { uri, range: { start, end: start } };
  return { id: `${uri}#failure`, label: 'Does not render', description: failure, kind: 'failure', location, problems: 1, children: [] };
}
