import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandLines } from './command-lines.ts';
import type { RowKey } from './tree/row.ts';

describe('command lines to copy', () => {
  it('look at an Application with kubectl and with argocd', () => {
    const name = { group: 'argoproj.io', kind: 'Application', namespace: 'argocd', name: 'web' };
    assert.deepEqual(commandLines({ row: 'object', context: 'east', ...name }, undefined), [
      'kubectl get application.argoproj.io web --context east --namespace argocd --output yaml',
      'argocd app get argocd/web --core --kube-context east',
    ]);
  });

  it('look at a source with flux', () => {
    const name = { group: 'source.toolkit.fluxcd.io', kind: 'GitRepository', namespace: 'shop', name: 'fleet' };
    assert.equal(
      commandLines({ row: 'object', context: 'east', ...name }, undefined)[1],
      'flux get sources git fleet --context east --namespace shop',
    );
  });

  it('look at a resource, which no tool but kubectl knows, and quote what a shell would take apart', () => {
    const owner = { group: 'argoproj.io', kind: 'Application', namespace: 'argocd', name: 'web' };
    const name = { group: '', kind: 'Namespace', namespace: '', name: 'shop' };
    assert.deepEqual(commandLines({ row: 'resource', context: "acme's (prod)", owner, ...name }, undefined), [
      String.raw`kubectl get namespace shop --context 'acme'\''s (prod)' --output yaml`,
    ]);
  });

  it('look at what an Argo CD has that is asked by itself with argocd alone', () => {
    const name = { group: 'argoproj.io', kind: 'Application', namespace: 'argocd', name: 'web' };
    const context = 'Argo CD argocd.example.com';
    const lines = (key: RowKey): string[] => commandLines(key, 'argocd.example.com');
    assert.deepEqual(lines({ row: 'context', context }), ['argocd login argocd.example.com']);
    assert.deepEqual(lines({ row: 'object', context, ...name }), ['argocd app get argocd/web --server argocd.example.com']);
    assert.deepEqual(lines({ row: 'resource', context, owner: name, group: '', kind: 'ConfigMap', namespace: 'shop', name: 'a' }), [
      'argocd app get-resource argocd/web --kind ConfigMap --resource-name a --server argocd.example.com',
    ]);
  });
});
