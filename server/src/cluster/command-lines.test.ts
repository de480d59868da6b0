import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandLines } from './command-lines.ts';

describe('command lines to copy', () => {
  it('look at an Application with kubectl and with argocd', () => {
    const name = { group: 'argoproj.io', kind: 'Application', namespace: 'argocd', name: 'web' };
    assert.deepEqual(commandLines({ row: 'object', context: 'east', ...name }), [
      'kubectl get application.argoproj.io web --context east --namespace argocd --output yaml',
      'argocd app get argocd/web --core --kube-context east',
    ]);
  });

  it('look at a source with flux', () => {
    const name = { group: 'source.toolkit.fluxcd.io', kind: 'GitRepository', namespace: 'shop', name: 'fleet' };
    assert.equal(
      commandLines({ row: 'object', context: 'east', ...name })[1],
      'flux get sources git fleet --context east --namespace shop',
    );
  });

  it('look at a resource, which no tool but kubectl knows, and quote what a shell would take apart', () => {
    const owner = { group: 'argoproj.io', kind: 'Application', namespace: 'argocd', name: 'web' };
    const name = { group: '', kind: 'Namespace', namespace: '', name: 'shop' };
    assert.deepEqual(commandLines({ row: 'resource', context: "acme's (prod)", owner, ...name }), [
      String.raw`kubectl get namespace shop --context 'acme'\''s (prod)' --output yaml`,
    ]);
  });
});
