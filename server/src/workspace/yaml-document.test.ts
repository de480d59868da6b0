import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isEmptyDocument, splitDocuments, treeOf, yamlDocument } from './yaml-document.ts';

function split(text: string): string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

describe('a stream is split into documents', () => {
  const cases: readonly (readonly [string, ...(readonly string[])])[] = [
    ['no marks make one document', 'a: 1\n'],
    ['each mark begins a document', 'a: 1\n', '---\nb: 2\n', '---\nc: 3\n'],
    ['a first mark is part of the first document', '---\na: 1\n', '---\nb: 2\n'],
    ['comments before the first mark belong to the first document', '# licence\n\n---\na: 1\n', '---\nb: 2\n'],
    ['a comment may stand behind a mark', 'a: 1\n', '--- # the second\nb: 2\n'],
    ['a document may begin on the line of its mark', 'a: 1\n', '--- {b: 2}\n', '--- text\n'],
    ['dashes inside a line, or with letters behind, are no mark', 'a: ---\n  ---\n----\n---b: 1\n'],
    ['a mark ends a block scalar', 'a: |\n  text\n', '---\nb: 2\n'],
    ['an indented mark is a part of its block scalar', 'a: |\n  ---\n  b: 2\n'],
    ['lines may end as on Windows', 'a: 1\r\n', '---\r\nb: 2\r\n'],
    ['a byte order mark may stand before a mark', '\uFEFF---\na: 1\n', '---\nb: 2\n'],
    ['directives belong to the document behind them', '%YAML 1.2\n---\na: 1\n', '---\nb: 2\n', '---\nc: 3\n'],
    ['directives may have a byte order mark and comments before them', '\uFEFF# why\n%YAML 1.2\n---\na: 1\n', '---\nb: 2\n'],
    ['after an end mark a document begins, with its directives', 'a: 1\n...\n', '%YAML 1.2\n---\nb: 2\n'],
    ['after an end mark a document needs no mark', 'a: 1\n... # done\n', 'b: 2\n'],
    ['an end mark may follow a byte order mark', '\uFEFF...\n', 'b: 2\n'],
    ['an end mark at the end begins nothing', 'a: 1\n...\n'],
    ['a mark at the end begins an empty document', 'a: 1\n', '---\n'],
    ['a mark is the last of the file without a line break', 'a: 1\n', '---'],
    ['an empty text is one document', ''],
    ['comments alone are one document', '# a\n# b\n'],
  ];
  for (const [name, ...documents] of cases) test(name, () => assert.deepEqual(split(documents.join('')), documents));
});

describe('a document says what it is', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
  const cases: readonly (readonly [string, string, { apiVersion: string | undefined; kind: string | undefined }])[] = [
    ['in its first lines', 'apiVersion: apps/v1\nkind: Deployment\n', deployment],
    ['behind its mark and comments', '# c\n--- # d\n# e\napiVersion: apps/v1\nkind: Deployment\n', deployment],
    ['in any order, anywhere', 'kind: Deployment\nspec:\n  kind: x\napiVersion: apps/v1\n', deployment],
    ['in quotes', '"apiVersion": "apps/v1"\n\'kind\' : \'Deployment\'\n', deployment],
    ['with comments behind', 'apiVersion: apps/v1 # now\nkind: "Deployment" # "then"\n', deployment],
    ['with Windows line ends', 'apiVersion: apps/v1\r\nkind: Deployment\r\n', deployment],
    ['behind a byte order mark', '\uFEFFapiVersion: apps/v1\nkind: Deployment\n', deployment],
    ['with an anchor or a tag', 'apiVersion: &v apps/v1\nkind: !!str Deployment\n', deployment],
    ['with all of it indented', '  apiVersion: apps/v1\n  kind: Deployment\n  spec:\n    kind: x\n', deployment],
    ['as JSON', '{\n  "apiVersion": "apps/v1",\n  "kind": "Deployment", "spec": {"kind": "x"}\n}\n', deployment],
    ['as a flow mapping', '# c\n--- {apiVersion: apps/v1, kind: Deployment}\n', deployment],
    ['the first of two, as long as it is broken', 'kind: Deployment\nkind: x\napiVersion: apps/v1\n', deployment],
    ['even when the rest is broken', 'apiVersion: apps/v1\nkind: Deployment\nspec: [\n\t}', deployment],
    ['in half, as it is typed', 'apiVersion: apps/v1\nkind:\nmetadata:\n', { apiVersion: 'apps/v1', kind: undefined }],
    ['not in nested fields', 'spec:\n  apiVersion: apps/v1\n  kind: Deployment\n', { apiVersion: undefined, kind: undefined }],
    ['not in items of a list', '- apiVersion: apps/v1\n  kind: Deployment\n', { apiVersion: undefined, kind: undefined }],
    ['not by a list or mapping', 'apiVersion: {a: 1}\nkind: [Deployment]\n', { apiVersion: undefined, kind: undefined }],
    ['not by a number in JSON', '{"apiVersion": 1, "kind": ["x"]}', { apiVersion: undefined, kind: undefined }],
    ['with a `#` that is no comment', 'apiVersion: a#b\nkind: Deployment\n', { apiVersion: 'a#b', kind: 'Deployment' }],
  ];
  for (const [name, text, identity] of cases) test(name, () => assert.deepEqual(yamlDocument(text).identity, identity));
});

test('the identity of a document never takes long to read', () => {
  const spaces = ' '.repeat(1_000_000);
  assert.equal(yamlDocument(`kind: x${spaces}y\n`).identity.kind, `x${spaces}y`);
  assert.equal(yamlDocument(`kind:${spaces}# x\n`).identity.kind, undefined);
  assert.equal(yamlDocument(`${' \n'.repeat(500_000)}kind: x\n`).identity.kind, 'x');
});

test('an empty document holds white space, comments and marks only', () => {
  for (const text of [
    '',
    '\uFEFF',
    '---',
    '---\n',
    '# a\n\n# b',
    '--- # a\n',
    ' \t\r\n',
    '---\n...\n',
    '%YAML 1.2\n---\n',
    '# a\n'.repeat(200_000),
  ]) {
    assert.ok(isEmptyDocument(yamlDocument(text)), JSON.stringify(text.slice(0, 20)));
  }
  for (const text of ['a', '---a', '--- a', '# a\nb: 1', 'null', '{}']) assert.ok(!isEmptyDocument(yamlDocument(text)), text);
});

test('a document has a tree however broken it is', () => {
  for (const text of ['a: [', '\t', '}{', 'a: 1\n b: 2\nc', '- '.repeat(300_000), '['.repeat(50_000), '%', '&a *a', '? ? ?', '\0']) {
    assert.ok(treeOf(yamlDocument(text)).errors, text.slice(0, 20));
  }
});

test('a document that is nested too deeply says so', () => {
  assert.match(treeOf(yamlDocument('- '.repeat(300_000))).errors[0]?.message ?? '', /call stack/);
});

test('a tree is parsed once', () => {
  const document = yamlDocument('{"kind": "x"}');
  assert.equal(treeOf(document), treeOf(document));
});
