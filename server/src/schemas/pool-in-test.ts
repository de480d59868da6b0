// What tests of this folder share: the schemas as they are really generated.
import { schemaPool } from '../../../scripts/schemas.ts';
import { yamlDocument } from '../workspace/yaml-document.ts';
import type { KindName } from '../workspace/kind-name.ts';
import { openPool } from './pool.ts';
import { createSchemaService } from './service.ts';
import type { Role, TypedDocument } from './typed-document.ts';

/** What a kustomization file is when it does not say so itself. */
export const kustomizationKind: KindName = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

export const pool = openPool(await schemaPool());
export const service = createSchemaService(pool);

/** A document as the server would pass it: its own kind, else a kustomization's if it has fields, else none. */
export function typed(text: string, role: Role = 'applied', kind: KindName | undefined = kindIn(text)): TypedDocument {
  return { document: yamlDocument(text), kind, role };
}

function kindIn(text: string): KindName | undefined {
  const { apiVersion, kind } = yamlDocument(text).identity;
  return apiVersion !== undefined && kind !== undefined ? { apiVersion, kind } : undefined;
}

/** A kustomization file that does not say what it is. */
export function kustomization(text: string): TypedDocument {
  return typed(text, 'applied', kustomizationKind);
}

/** Findings as lines: severity, code, the text that is marked, and the message. */
export async function check(document: TypedDocument): Promise<string[]> {
  const findings = await service.validate(document);
  return findings.map(
    ({ severity, code, start, end, message }) => `${severity} ${code} <${document.document.text.slice(start, end)}> ${message}`,
  );
}
