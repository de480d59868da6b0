// Manifests that other people keep: each finding in them was looked at, and is true.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { corpus, withoutCorpus } from '../../../test/fixture/corpus.ts';
import { sourceFile } from '../workspace/source-file.ts';
import { kustomizationKind, service } from './pool-in-test.ts';
import type { Role } from './typed-document.ts';

/** The API server refuses both: apps/v1 needs a selector, admissionregistration.k8s.io/v1 these two. */
const trueFindings = [
  'argocd-diff-preview/examples/custom-target-revision/resources/deployment.yaml `spec` needs `selector`, which is missing.',
  'argocd-diff-preview/examples/ignore-differences/resources/validatingwebhook.yaml Item 1 of `webhooks` needs `admissionReviewVersions`, which is missing.',
  'argocd-diff-preview/examples/ignore-differences/resources/validatingwebhook.yaml Item 1 of `webhooks` needs `sideEffects`, which is missing.',
];

test('real repositories have no false findings', { skip: withoutCorpus }, async () => {
  const files = globSync('**/*.{yaml,yml}', { cwd: corpus }).sort();
  const roles = rolesByKustomization(files);
  const found: string[] = [];
  for (const file of files) {
    const text = readFileSync(path.join(corpus, file), 'utf8');
    for (const { document } of sourceFile(`/${file}`, text).documents) {
      const { apiVersion, kind } = document.identity;
      const named = apiVersion !== undefined && kind !== undefined ? { apiVersion, kind } : undefined;
      const findings = await service.validate({
        document,
        kind: named ?? (isKustomization(file) ? kustomizationKind : undefined),
        role: roles.get(file) ?? 'applied',
      });
      found.push(...findings.map(({ message }) => `${file} ${message}`));
    }
  }
  assert.deepEqual(found.sort(), trueFindings);
});

function isKustomization(file: string): boolean {
  return /(?:^|\/)kustomization\.ya?ml$/.test(file);
}

function rolesByKustomization(files: readonly string[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const file of files.filter(isKustomization)) {
    const content = parse(readFileSync(path.join(corpus, file), 'utf8')) as { resources?: string[]; patches?: { path?: string }[] };
    const beside = (name: string): string => path.posix.join(path.posix.dirname(file), name);
    for (const resource of content.resources ?? []) roles.set(beside(resource), 'kustomized');
    for (const patch of content.patches ?? []) if (patch.path !== undefined) roles.set(beside(patch.path), 'patch');
  }
  return roles;
}
