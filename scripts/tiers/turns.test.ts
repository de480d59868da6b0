import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { speakers } from './turns.ts';

describe('what is said at the same time', () => {
  it('is printed as if one spoke after the other', () => {
    const printed: string[] = [];
    const all = new Map(speakers(['a', 'b', 'c'], (line) => printed.push(line)));
    const [first, second, third] = [all.get('a'), all.get('b'), all.get('c')];
    second?.say('b1');
    third?.say('c1');
    first?.say('a1');
    second?.remind('b is at work');
    third?.end();
    first?.remind('a is at work');
    assert.deepEqual(printed, ['a1', 'a is at work']);
    first?.end();
    assert.deepEqual(printed.slice(2), ['b1']);
    second?.say('b2');
    second?.end();
    assert.deepEqual(printed.slice(3), ['b2', 'c1']);
  });
});
