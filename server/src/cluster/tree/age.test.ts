import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ago } from './age.ts';

it('says how long ago something was', () => {
  const now = Date.parse('2026-01-02T12:00:00Z');
  const at = (time: string): string => ago(Date.parse(time), now);
  assert.equal(at('2026-01-02T11:59:30Z'), 'just now');
  assert.equal(at('2026-01-02T11:59:00Z'), '1 minute ago');
  assert.equal(at('2026-01-02T09:01:00Z'), '2 hours ago');
  assert.equal(at('2025-12-30T12:00:00Z'), '3 days ago');
  assert.equal(at('2026-01-02T12:00:05Z'), 'just now', 'clocks differ');
});
