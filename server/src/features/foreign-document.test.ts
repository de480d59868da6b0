import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../../test/fixture/session.ts';
import { findingsIn } from './findings.ts';

const broken = 'broken: [\n';

const files: readonly (readonly [what: string, text: string, isChecked: boolean])[] = [
  ['plain YAML is checked', broken, true],
  ['a manifest is checked, whatever templates it holds', `apiVersion: v1\nkind: ConfigMap\nname: "{{ x }}"\n${broken}`, true],
  ['tags of CloudFormation are left alone', `a: !Ref b\n${broken}`, false],
  ['tags of Ansible are left alone', `a: !vault |\n  x\n${broken}`, false],
  ['templates of Jinja are left alone', `{% for a in b %}\n${broken}`, false],
  ['an exclamation mark in text is none of this', `a: Hello!World\n${broken}`, true],
];

for (const [what, text, isChecked] of files) {
  test(what, async () => {
    await using opened = await openSession(`-- a.yaml --\n${text}`);
    const { session } = opened;
    assert.equal((await findingsIn(session.view, opened.file('a.yaml'), { schemas: session.schemas })).length > 0, isChecked);
  });
}
