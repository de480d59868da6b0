import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../rules/rule.ts';
import { mergeFindings } from './merge-findings.ts';

function finding(line: number, code: string, message = code, severity: Finding['severity'] = 'error'): Finding {
  return { code, severity, message, range: { start: { line, character: 2 }, end: { line, character: 5 } } };
}

const codes = (findings: readonly Finding[]): string[] =>
  findings.map(({ range, code, message }) => `${range.start.line} ${code}${message === code ? '' : `: ${message}`}`);

test('findings come in the order of the text', () => {
  assert.deepEqual(codes(mergeFindings([finding(3, 'b'), finding(1, 'c'), finding(3, 'a')], [finding(2, 'render')])), [
    '1 c',
    '2 render',
    '3 a',
    '3 b',
  ]);
});

test('a failed render is left out on a line whose error explains it, not where there is a warning only', () => {
  assert.deepEqual(codes(mergeFindings([finding(1, 'kustomize/missing-file')], [finding(1, 'render')])), ['1 kustomize/missing-file']);
  assert.deepEqual(codes(mergeFindings([finding(1, 'missing-field', 'missing-field', 'warning')], [finding(1, 'render')])), [
    '1 missing-field',
    '1 render',
  ]);
});

test('in a file that is no YAML, failed renders say nothing new', () => {
  assert.deepEqual(codes(mergeFindings([finding(7, 'yaml-syntax')], [finding(1, 'render')])), ['7 yaml-syntax']);
});

test('a field of the wrong type is told once, by the check that knows its line', () => {
  const mistyped = finding(
    1,
    'render',
    'invalid Kustomization: json: cannot unmarshal number into Go struct field Image.images.newTag of type string',
  );
  assert.deepEqual(codes(mergeFindings([finding(3, 'wrong-type')], [mistyped])), ['3 wrong-type']);
  assert.equal(mergeFindings([finding(3, 'kustomize/missing-file')], [mistyped]).length, 2);
});

test('where several overlays fail at one place, the one nearest to it speaks', () => {
  const wrapped = finding(1, 'render', 'accumulating ../base: it is gone');
  assert.deepEqual(codes(mergeFindings([], [wrapped, finding(1, 'render', 'it is gone'), finding(2, 'render')])), [
    '1 render: it is gone',
    '2 render',
  ]);
});
