import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reflow } from './reflow.ts';

test('wrapped lines become one, paragraphs stay', () => {
  assert.equal(reflow('One sentence that\nwas wrapped.\n\nAnother  one.'), 'One sentence that was wrapped.\n\nAnother one.');
});

test('lists stay lists, with their continued lines', () => {
  assert.equal(reflow('One of:\n- first\n  goes on\n* second\n3. third'), 'One of:\n\n- first goes on\n- second\n3. third');
});

test('indented lines are code', () => {
  assert.equal(
    reflow('It runs\n  helm install NAME\n  helm template NAME\nand ends.'),
    'It runs\n\n```\nhelm install NAME\nhelm template NAME\n```\n\nand ends.',
  );
});

test('nothing becomes HTML or emphasis by accident', () => {
  assert.equal(reflow('Use <name> or `<name>`, and *.yaml'), 'Use \\<name> or `<name>`, and \\*.yaml');
});

test('markers for code generators are left out', () => {
  assert.equal(reflow('Text.\n+optional\nTODO: something'), 'Text.');
});
