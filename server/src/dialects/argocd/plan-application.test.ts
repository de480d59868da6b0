// What Applications of the workspace render to, where it depends on what the host knows of their sources.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openSession } from '../../../../test/fixture/session.ts';
import { nativePath } from '../../workspace/paths.ts';

const [first, second] = ['4f1a5b1051b469108d1bdf0ebec6c814427e3834', '0c39b65d1b8ee5ae0b8d45ea8a1f3a1c3b2d4e5f'];

const repository = `
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "origin"]
	url = https://github.com/acme/fleet.git
-- .git/refs/heads/main --
${first}
-- apps/shop.yaml --
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  source:
    repoURL: git@github.com:acme/fleet
    path: shop
    kustomize:
      commonAnnotationsEnvsubst: true
      commonAnnotations: {revision: $ARGOCD_APP_REVISION, short: $ARGOCD_APP_REVISION_SHORT}
-- shop/kustomization.yaml --
resources: [a.yaml]
-- shop/a.yaml --
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
`;

test('the revision of an Application is the commit of HEAD, also of an edited one', async () => {
  await using opened = await openSession(repository);
  const { session, fixture } = opened;
  const revisions = async (): Promise<string[]> => {
    assert.ok(session.rendering.kind === 'on');
    const within = { kind: 'file', path: `${fixture.root}/apps/shop.yaml` } as const;
    const pipeline = { kind: 'object', within, group: 'argoproj.io', objectKind: 'Application', namespace: '', name: 'shop' } as const;
    const outcome = await session.rendering.renders.render(pipeline, new AbortController().signal);
    assert.equal(outcome?.failure, undefined);
    return [...(outcome?.yaml ?? '').matchAll(/(?:revision|short): (.*)/g)].map(([, value = '']) => value);
  };
  assert.deepEqual(await revisions(), [first, first.slice(0, 7)]);
  session.setBuffer(`${fixture.root}/shop/a.yaml`, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: edited}\n');
  assert.deepEqual(await revisions(), [first, first.slice(0, 7)]);
  await writeFile(nativePath(`${fixture.root}/.git/refs/heads/main`), `${second}\n`);
  await session.refresh([`${fixture.root}/.git/logs/HEAD`]);
  assert.deepEqual(await revisions(), [second, second.slice(0, 7)]);
});
