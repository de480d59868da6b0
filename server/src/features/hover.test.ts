import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { hover } from './hover.ts';

describe('what a field means is shown on hover', () => {
  const deployment = (spec: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n${spec}`;
  const cases: readonly (readonly [string, string, RegExp | undefined, string?])[] = [
    ['a field', deployment('  repl$0icas: 1\n'), /desired pods/, 'replicas'],
    ['its value', deployment('  replicas: $01\n'), /desired pods/, '1'],
    ['the kind', deployment('').replace('Deployment', 'Deploy$0ment'), /Deployment/, 'Deployment'],
    ['a field in the second document', `a: 1\n---\n${deployment('  repl$0icas: 1\n')}`, /desired pods/, 'replicas'],
    ['a field that does not exist', deployment('  replic$0os: 1\n'), undefined],
    ['a field named like a method', deployment('  construc$0tor: 1\n'), undefined],
    ['a kind without a schema', 'apiVersion: example.com/v1\nkind: Gone\nspec:\n  a$0: 1\n', undefined],
    ['a document without a kind', 'a$0: 1\n', undefined],
    ['nothing', '$0', undefined],
  ];
  for (const [name, text, expected, origin] of cases) {
    test(name, async () => {
      await using opened = await openSession(`-- a.yaml --\n${text}`);
      const { file, offset } = opened.cursor();
      const shown = hover(opened.session.schemas, file, offset);
      if (!expected) return assert.equal(shown, undefined);
      assert.match(shown?.markdown ?? '', expected);
      assert.equal(shown && file.lines.getText(shown.range), origin);
    });
  }
});
