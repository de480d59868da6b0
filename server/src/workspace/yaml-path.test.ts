import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { entriesOf, itemsOf, nodeAt, pathAt, textAt } from './yaml-path.ts';
import { treeOf, yamlDocument } from './yaml-document.ts';

/** What stands at `$0`: on key or value, the path, the text. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const found = pathAt(treeOf(yamlDocument(text)), offset);
  return found && `${found.on} ${found.path.join('.')} <${text.slice(found.span.start, found.span.end)}>`;
}

describe('what stands at a place', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['the begin of a key', '$0kind: x\n', 'key kind <kind>'],
    ['the end of a key', 'kind$0: x\n', 'key kind <kind>'],
    ['a value', 'kind: Deploy$0ment\n', 'value kind <Deployment>'],
    ['the end of a value', 'kind: Deployment$0\n', 'value kind <Deployment>'],
    ['a quoted value', 'kind: "Deploy$0ment"\n', 'value kind <"Deployment">'],
    ['between key and value', 'kind:$0   x\n', undefined],
    ['a comment', 'kind: x # y$0\n', undefined],
    ['a nested key', 'spec:\n  repl$0icas: 1\n', 'key spec.replicas <replicas>'],
    ['the first character of a nested key', 'spec:\n  $0replicas: 1\n', 'key spec.replicas <replicas>'],
    ['the key behind a nested block', 'spec:\n  replicas: 1\n$0other: 2\n', 'key other <other>'],
    ['the key behind a list', 'items:\n  - a\n$0other: 2\n', 'key other <other>'],
    ['the key behind a block scalar', 'text: |\n  a\n  b\n$0other: 2\n', 'key other <other>'],
    ['a list item', 'items:\n  - one\n  - t$0wo\n', 'value items.1 <two>'],
    ['the begin of a second list item', 'items:\n  - one\n  - $0two\n', 'value items.1 <two>'],
    ['a key in a list item', 'items:\n  - name: a\n    val$0ue: b\n  - name: c\n', 'key items.0.value <value>'],
    ['the first key of the second list item', 'items:\n  - name: a\n  - na$0me: b\n', 'key items.1.name <name>'],
    ['an item of a flow list', 'items: [one, t$0wo]\n', 'value items.1 <two>'],
    ['a key of a flow mapping', '{a: {b$0b: 1}}', 'key a.bb <bb>'],
    ['an alias', 'a: &x 1\nb: *$0x\n', 'value b <*x>'],
    ['an empty value', 'a:\nb: $0\nc: 1\n', 'value b <>'],
    ['a line inside a block scalar', 'text: |\n  a\n  b$0b\n', 'value text <|\n  a\n  bb\n>'],
    ['a root scalar', 'te$0xt', 'value  <text>'],
    ['an empty document', '$0', undefined],
  ];
  for (const [name, marked, expected] of cases) test(name, () => assert.equal(at(marked), expected));
});

test('aliases are followed on the way to a node, always to the last anchor before them', () => {
  const tree = treeOf(yamlDocument('base: &a {x: &b one}\none: *a\ntwo: *b\nlater: &b two\nthree: *b\nfour: *missing\nself: &s {s: *s}\n'));
  assert.equal(textAt(tree, ['one', 'x'])?.value, 'one');
  assert.equal(textAt(tree, ['two'])?.value, 'one');
  assert.equal(textAt(tree, ['three'])?.value, 'two');
  assert.equal(textAt(tree, ['four']), undefined);
  assert.equal(textAt(tree, ['self', 's', 's', 's', 'x']), undefined);
});

test('a scalar is given as it was written, null is none', () => {
  const tree = treeOf(yamlDocument('a: 010\nb: true\nc: 1.0\nd: ~\ne:\nf: ""\ng: [1]\n5: five\n'));
  const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', '5'].map((key) => textAt(tree, [key])?.value);
  assert.deepEqual(texts, ['010', 'true', '1.0', undefined, undefined, '', undefined, 'five']);
});

test('what is no mapping has no entries, what is no list no items', () => {
  for (const text of ['', 'a', '- a', '[', '{', '? a', '5']) {
    const tree = treeOf(yamlDocument(text));
    assert.ok(Array.isArray(entriesOf(tree, tree.contents)), text);
    assert.ok(Array.isArray(itemsOf(tree, tree.contents)), text);
    assert.equal(nodeAt(tree, ['a', 0, 'b']), undefined, text);
  }
});

test('tens of thousands of aliases are followed at once', () => {
  const tree = treeOf(yamlDocument(`a: &a {x: 1}\nlist:\n${'  - *a\n'.repeat(50_000)}`));
  assert.equal(itemsOf(tree, nodeAt(tree, ['list'])).filter((item) => textAt(tree, ['x'], item)?.value === '1').length, 50_000);
});
