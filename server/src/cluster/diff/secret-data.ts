import { type JsonObject, isObject } from './json.ts';

/**
 * A Secret with its `stringData` in `data`, as the API server keeps it and controllers compare it (fluxcd/pkg/ssa v0.76.2, normalize;
 * gitops-engine, diff.NormalizeSecret): who owns a value would not be known else. What is no text stays, for the server to refuse.
 */
export function withSecretData(resource: JsonObject): JsonObject {
  const { apiVersion, kind, stringData, ...rest } = resource;
  if (apiVersion !== 'v1' || kind !== 'Secret' || !isObject(stringData)) return resource;
  const encoded: [string, string][] = [];
  for (const [key, value] of Object.entries(stringData)) {
    if (typeof value !== 'string') return resource;
    encoded.push([key, Buffer.from(value).toString('base64')]);
  }
  const data = isObject(rest['data']) ? rest['data'] : {};
  return { apiVersion, kind, ...rest, data: { ...data, ...Object.fromEntries(encoded) } };
}
