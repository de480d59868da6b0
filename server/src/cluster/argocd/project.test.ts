import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { offsetOf } from './project.ts';

describe('offsetOf', () => {
  const winter = new Date('2024-01-01T12:00:00Z');
  const summer = new Date('2024-07-01T12:00:00Z');

  it('is that of the time that is asked for', () => {
    assert.deepEqual([offsetOf('Europe/Vienna', winter), offsetOf('Europe/Vienna', summer)], [3600, 7200]);
    assert.equal(offsetOf('America/St_Johns', winter), -(3 * 3600 + 1800));
  });

  it('is none for UTC, nothing, and what is no time zone', () => {
    assert.deepEqual(
      ['UTC', '', 'Moon/Tranquility'].map((name) => offsetOf(name, winter)),
      [0, 0, 0],
    );
  });
});
