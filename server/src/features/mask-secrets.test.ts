import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mask, maskSecrets } from './mask-secrets.ts';

const secret = (fields: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n${fields}`;

test('the values of data and stringData are masked, and nothing else', () => {
  assert.equal(
    maskSecrets(secret('data:\n  password: aHVudGVyMg==\nstringData:\n  "a b": plain text\ntype: Opaque\n')),
    secret(`data:\n  password: ${mask}\nstringData:\n  "a b": ${mask}\ntype: Opaque\n`),
  );
});

test('quoted, folded and long texts are masked as a whole', () => {
  const text = secret(
    'stringData:\n  a: |\n    one\n\n    two\n  b: >-\n    one\n    two\n  c: "one\n    two"\n  d: one\n    two\n  e: |+\n    one\n\n  f: 5\ntype: Opaque\n',
  );
  assert.equal(
    maskSecrets(text),
    secret(`stringData:\n${['a', 'b', 'c', 'd', 'e', 'f'].map((key) => `  ${key}: ${mask}\n`).join('')}type: Opaque\n`),
  );
});

test('a block text at the end of a document keeps the next document apart', () => {
  const text = `${secret('data:\n  a: |-\n    one\n')}---\n${secret('stringData:\n  b: two\n')}---\napiVersion: v1\nkind: ConfigMap\ndata:\n  c: three\n`;
  assert.equal(
    maskSecrets(text),
    `${secret(`data:\n  a: ${mask}\n`)}---\n${secret(`stringData:\n  b: ${mask}\n`)}---\napiVersion: v1\nkind: ConfigMap\ndata:\n  c: three\n`,
  );
});

test('what SOPS encrypted stays, and so does what is empty', () => {
  const text = secret('data:\n  a: ENC[AES256_GCM,data:x,type:str]\n  b: ""\n  c:\n');
  assert.equal(maskSecrets(text), text);
  assert.equal(maskSecrets(secret('data: {}\n')), secret('data: {}\n'));
  assert.equal(maskSecrets(secret('')), secret(''));
});

test('anchors and flow mappings hide nothing', () => {
  const masked = maskSecrets(secret('data: {a: &x hunter2, b: *x, c: "hunter2"}\n'));
  assert.ok(!masked.includes('hunter2'), masked);
  assert.ok(!maskSecrets('{"apiVersion": "v1", "kind": "Secret", "data": {"a": "hunter2"}}\n').includes('hunter2'));
});

test('a Secret that cannot be read is not shown', () => {
  assert.ok(!maskSecrets(secret('data:\n  a: [hunter2\n')).includes('hunter2'));
});

test('other kinds of that name have no secret values', () => {
  const text = 'apiVersion: example.com/v1\nkind: Secret\ndata:\n  a: plain\n';
  assert.equal(maskSecrets(text), text);
});
