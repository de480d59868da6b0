import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fromNativePath, isWithin, nativePath, pathOf, relativeTo, resolveFrom, uriOf } from './paths.ts';

describe('a path survives the way to a URI and back', () => {
  const names = [
    'a b',
    'a#b',
    'a%b',
    'a%20b',
    'a?b',
    'é',
    'e\u0301',
    '名前',
    '🚢',
    "it's",
    'a&b=c',
    'a+b',
    '[a]',
    '{a}',
    'a;b',
    'a@b',
    'a:b',
    '..a',
    'a\tb',
  ];
  for (const name of names) test(JSON.stringify(name), () => assert.equal(pathOf(uriOf(`/repo/${name}/x.yaml`)), `/repo/${name}/x.yaml`));
});

test('clients may escape more or less than is needed', () => {
  assert.equal(pathOf('file:///repo/a%20b/'), '/repo/a b');
  assert.equal(pathOf('file:///repo/a b'), '/repo/a b');
  assert.equal(pathOf('file:///c%3A/repo'), '/c:/repo');
  assert.equal(pathOf('file:///C:/repo/A:'), '/c:/repo/A:');
  assert.equal(pathOf('file:///'), '/');
});

test('the disk gets the name as it is', { skip: process.platform === 'win32' }, () => {
  assert.equal(nativePath('/repo/a b#%?é'), '/repo/a b#%?é');
  assert.equal(fromNativePath('/repo/a b#%?é/'), '/repo/a b#%?é');
});

test('a folder holds itself and what is below, not its namesakes', () => {
  assert.ok(isWithin('/repo', '/repo'));
  assert.ok(isWithin('/repo', '/repo/a'));
  assert.ok(isWithin('/', '/repo'));
  assert.ok(!isWithin('/repo', '/repository'));
  assert.ok(!isWithin('/repo/a', '/repo'));
});

test('paths are resolved and shown as in a shell', () => {
  assert.equal(resolveFrom('/repo/overlays/dev', '../../base'), '/repo/base');
  assert.equal(resolveFrom('/repo', './a//b/'), '/repo/a/b');
  assert.equal(resolveFrom('/repo', '../../..'), '/');
  assert.equal(relativeTo('/repo/overlays/dev', '/repo/base'), '../../base');
  assert.equal(relativeTo('/repo', '/repo'), '.');
});

test('the root of a Windows drive is its root, not the folder this process is in there', () => {
  assert.equal(nativePath('/c:'), 'c:\\');
});
