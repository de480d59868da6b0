import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aboutObject } from './logs.ts';

describe("lines of a controller's log", () => {
  it('are about an Application by its own name, not by what else is called so', () => {
    const isAbout = aboutObject({ group: 'argoproj.io', kind: 'Application', namespace: 'argocd', name: 'shop' });
    const lines = {
      '{"app-namespace":"argocd","application":"shop","level":"info","msg":"Comparing app state"}': true,
      '{"application":"argocd/shop","level":"info","msg":"Tasks (dry-run)"}': true,
      'time="2026-01-01T00:00:00Z" level=info msg="Comparing app state" app-namespace=argocd application=shop project=default': true,
      '{"app-namespace":"argocd","application":"shop-api","dest-namespace":"shop","project":"shop"}': false,
      '{"app-namespace":"team","application":"shop","level":"info"}': false,
      'level=info msg="Applying resource ConfigMap/shop"': false,
    };
    for (const [line, about] of Object.entries(lines)) assert.equal(isAbout(line), about, line);
  });

  it("are about an object of Flux's by its kind, namespace and name", () => {
    const isAbout = aboutObject({ group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace: 'flux-system', name: 'apps' });
    assert.ok(isAbout('{"level":"info","controllerKind":"Kustomization","Kustomization":{"name":"apps","namespace":"flux-system"}}'));
    assert.ok(!isAbout('{"level":"info","controllerKind":"Kustomization","Kustomization":{"name":"apps","namespace":"team"}}'));
  });
});
