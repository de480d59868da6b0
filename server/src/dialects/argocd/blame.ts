// From what the engine says of an ApplicationSet's fixture to the place in that file.
import type { Blame } from '../../model/blame.ts';
import type { ObjectPipeline } from '../../model/pipeline.ts';
import type { View } from '../../model/view.ts';
import { firstLineRange, lineRange } from '../../workspace/text-line.ts';
import { type SourceFile, type Span, rangeOf } from '../../workspace/source-file.ts';
import { type YamlTree, treeOf } from '../../workspace/yaml-document.ts';
import { entriesOf, itemsOf } from '../../workspace/yaml-path.ts';
import { fixtureFor } from './fixture.ts';

/** What is wrong in the fixture of an ApplicationSet (engine/internal/applicationset/fixture.go); undefined when it is not the fixture. */
export function fixtureBlame(view: View, pipeline: ObjectPipeline, failure: string): Blame | undefined {
  const [, words] = /^the fixture for ApplicationSets: ([^]*)$/.exec(failure) ?? [];
  const file = words === undefined ? undefined : fixtureFor(view, pipeline);
  if (words === undefined || !file) return undefined;
  const told = words.replace(/^error (?:converting YAML to JSON|unmarshaling JSON: while decoding JSON): /, '');
  return {
    place: { path: file.path, range: rangeIn(file, told) },
    named: true,
    words: told,
    hint: told.startsWith('json: ') ? 'docs/applicationset-fixture.md says which fields a fixture has.' : 'Correct the YAML there.',
    cause: 'source',
    way: [],
  };
}

function rangeIn(file: SourceFile, words: string): Blame['place']['range'] {
  const [, line] = /yaml: line (\d+):/.exec(words) ?? [];
  if (line !== undefined) return lineRange(file, Math.min(Number(line), file.lines.lineCount));
  const [, unknown] = /unknown field "([^"]+)"/.exec(words) ?? [];
  const [, mistyped] = /Go struct field \w+\.([\w.]+) of type/.exec(words) ?? [];
  const [placed] = file.documents;
  if (!placed) return firstLineRange(file);
  const tree = treeOf(placed.document);
  const key = (unknown ?? mistyped?.split('.').at(-1)) || undefined;
  const span = key === undefined ? undefined : keyBelow(tree, tree.contents, key);
  return span ? rangeOf(file, placed, span) : firstLineRange(file);
}

/** The first key of this name; the decoder stops at the first too. */
function keyBelow(tree: YamlTree, node: unknown, name: string): Span | undefined {
  for (const { key, keySpan, value } of entriesOf(tree, node)) {
    const found = key === name ? keySpan : keyBelow(tree, value, name);
    if (found) return found;
  }
  for (const item of itemsOf(tree, node)) {
    const found = keyBelow(tree, item, name);
    if (found) return found;
  }
  return undefined;
}
