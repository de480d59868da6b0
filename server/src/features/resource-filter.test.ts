import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterResources } from './resource-filter.ts';

const resource = (kind: string, name: string, namespace = 'shop'): string =>
  `kind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;
const yaml = [
  resource('Deployment', 'shop'),
  resource('Service', 'shop'),
  resource('Deployment', 'payment', 'bank'),
  resource('ConfigMap', 'shop.settings-x2'),
].join('---\n');

/** The resources that a filter leaves, by kind and name. */
function left(filter: string): string[] {
  const { yaml: text, shown, total } = filterResources(yaml, filter);
  const found = [...text.matchAll(/kind: (.*)\nmetadata:\n {2}name: (.*)/g)].map(([, kind, name]) => `${kind}/${name}`);
  assert.equal(shown, found.length);
  assert.equal(total, 4);
  return found;
}

test('a word is a kind or a part of a name', () => {
  assert.deepEqual(left('deployment'), ['Deployment/shop', 'Deployment/payment']);
  assert.deepEqual(left('settings'), ['ConfigMap/shop.settings-x2']);
  assert.deepEqual(left('deploy'), []);
  assert.deepEqual(left('Deploy*'), ['Deployment/shop', 'Deployment/payment']);
});

test('with a slash it is kind and name, with two the namespace too', () => {
  assert.deepEqual(left('Deployment/shop'), ['Deployment/shop']);
  assert.deepEqual(left('*/shop'), ['Deployment/shop', 'Service/shop']);
  assert.deepEqual(left('/shop'), ['Deployment/shop', 'Service/shop']);
  assert.deepEqual(left('Deployment/'), ['Deployment/shop', 'Deployment/payment']);
  assert.deepEqual(left('bank/*/*'), ['Deployment/payment']);
  assert.deepEqual(left('a/b/c/d'), []);
});

test('one of several patterns is enough', () => {
  assert.deepEqual(left('Service, ConfigMap/*'), ['Service/shop', 'ConfigMap/shop.settings-x2']);
});

test('nothing in a pattern but `*` means anything but itself', () => {
  assert.deepEqual(left('shop.s'), ['ConfigMap/shop.settings-x2']);
  assert.deepEqual(left('shop.'), ['ConfigMap/shop.settings-x2']);
  assert.deepEqual(left('('), []);
});

test('what is left is as it was, and begins as the rendering does', () => {
  assert.equal(filterResources(yaml, '').yaml, yaml);
  assert.equal(filterResources(yaml, ' , ').yaml, yaml);
  assert.equal(filterResources(yaml, 'payment').yaml, resource('Deployment', 'payment', 'bank'));
  const marked = `---\n# Source: a.yaml\n${resource('A', 'a')}---\n# Source: b.yaml\n${resource('B', 'b')}`;
  assert.equal(filterResources(marked, 'B').yaml, `---\n# Source: b.yaml\n${resource('B', 'b')}`);
  assert.equal(filterResources(yaml, 'nothing').yaml, '');
});
