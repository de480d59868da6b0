import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Source, askedAt, commitPlace, sourcePlace } from './source.ts';

const sources: readonly Source[] = [
  { kind: 'git', url: 'https://github.com/acme/fleet.git', name: '', revision: 'v1.2' },
  { kind: 'git', url: 'git@github.com:acme/fleet', name: '', revision: '' },
  { kind: 'chart', url: 'https://charts.example.org/a b/', name: 'web', revision: '>= 1.0 || *' },
  { kind: 'file', url: "https://example.org/x?a=1&b=%2F#it's(so)!", name: '', revision: '..' },
  { kind: 'oci', url: 'oci://example.org/charts', name: '.', revision: '1.0.0+meta' },
];

for (const source of sources) {
  test(`${source.kind} ${source.url} is asked for by a path that says what it is`, () => {
    assert.deepEqual(askedAt(sourcePlace(source)), { about: 'copy', source });
    assert.deepEqual(askedAt(commitPlace(source)), { about: 'commit', source });
  });
}

test('the path is the one that the engine writes', () => {
  const place = sourcePlace({ kind: 'git', url: 'https://example.org/o/r', name: '', revision: 'v1' });
  assert.equal(place, '/.drydock/git/v1/%/https:/%/example.org/o/r/@');
});

test('other paths are not sources', () => {
  assert.equal(askedAt('/repository/@'), undefined);
  assert.equal(askedAt('/.drydock'), 'folder');
  assert.equal(askedAt('/.drydock/git/v1'), 'folder');
});
