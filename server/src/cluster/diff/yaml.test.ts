import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parse } from 'yaml';
import { asControllersRead, liveYaml } from './yaml.ts';

it('quotes texts that a controller would take for something else', () => {
  const data = { a: 'yes', b: 'off', c: '0777', d: '1_000', e: '2026-01-02', f: '1:30', g: 'true', h: 'plain', i: 'n', j: '' };
  const written = liveYaml({ kind: 'ConfigMap', apiVersion: 'v1', data });
  assert.match(written, /^apiVersion: v1\nkind: ConfigMap\ndata:\n {2}a: "yes"\n {2}b: "off"\n {2}c: "0777"\n {2}d: "1_000"\n/);
  assert.match(written, / {2}h: plain\n/);
  assert.deepEqual(parse(written, asControllersRead), { apiVersion: 'v1', kind: 'ConfigMap', data });
});

it('reads values as controllers do', () => {
  const read = parse(
    'a: yes\nb: 0777\nc: 2026-01-02\nd: 1:30\ne: "yes"\nf: 0o17\ng: n\nh: 2026-01-02T03:04:05Z\n',
    asControllersRead,
  ) as unknown;
  assert.deepEqual(read, { a: true, b: 511, c: '2026-01-02', d: '1:30', e: 'yes', f: '0o17', g: false, h: '2026-01-02T03:04:05Z' });
});
