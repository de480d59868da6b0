// From what the engine says of an artifact that it could not put together to the operation in the ArtifactGenerator.
import type { Blame } from '../../model/blame.ts';
import type { View } from '../../model/view.ts';
import { fileAt } from '../../workspace/snapshot.ts';
import { type Span, rangeOf } from '../../workspace/source-file.ts';
import { type YamlTree, treeOf } from '../../workspace/yaml-document.ts';
import { type ObjectPipeline, beginningOf } from '../../model/pipeline.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import { nearestFirst } from '../../model/nearest-object.ts';

/** What an operation of an ArtifactGenerator fails with (engine/internal/artifact); undefined for other failures, and when no file has it so. */
export function artifactBlame({ graph }: View, pipeline: ObjectPipeline, failure: string): Blame | undefined {
  const [, name, from, to, words = ''] =
    /^ArtifactGenerator \S+, artifact (\S+): failed to apply copy operations: failed to apply copy operation from '(.*?)' to '(.*?)': ([^]*)$/.exec(
      failure,
    ) ?? [];
  const beginning = fileAt(graph.snapshot, beginningOf(pipeline));
  const made = graph.objectsMade().filter(({ object }) => object.kind === 'ExternalArtifact' && object.name === name);
  for (const { file, object } of beginning ? nearestFirst(beginning, made) : made) {
    const span = operationIn(treeOf(object.placed.document), object.name, { from, to }, words);
    if (!span) continue;
    const place = { path: file.path, range: rangeOf(file, object.placed, span) };
    return { place, named: true, words, hint: undefined, cause: 'source', way: [] };
  }
  return undefined;
}

interface Operation {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Where an operation names what it copies, or where to if that is what is wrong. */
function operationIn(tree: YamlTree, name: string, wanted: Operation, words: string): Span | undefined {
  const field = words.startsWith('invalid copy destination') ? 'to' : 'from';
  const artifacts = itemsOf(tree, nodeAt(tree, ['spec', 'artifacts'])).filter((each) => textAt(tree, ['name'], each)?.value === name);
  const operation = artifacts
    .flatMap((artifact) => itemsOf(tree, nodeAt(tree, ['copy'], artifact)))
    .find((each) => textAt(tree, ['from'], each)?.value === wanted.from && textAt(tree, ['to'], each)?.value === wanted.to);
  return operation && textAt(tree, [field], operation)?.span;
}
