// What is the same for every kind that is written in a manifest.
import type { JsonSchema } from '../server/src/schemas/json-schema.ts';

/**
 * Makes the schema of a whole manifest out of the schema of its type: apiVersion and kind are fixed and required, and
 * status is accepted without being looked at, because only controllers write it.
 */
export function resource(type: JsonSchema, apiVersion: string, kind: string): JsonSchema {
  const { properties = {}, required = [], ...rest } = type;
  const { status, ...written } = properties;
  return {
    ...rest,
    properties: {
      ...written,
      apiVersion: { type: 'string', const: apiVersion, description: `The API group and version of this kind: \`${apiVersion}\`.` },
      kind: { type: 'string', const: kind, description: `The kind of object: \`${kind}\`.` },
      ...(status && {
        status: { type: 'object', doNotSuggest: true, description: 'What the controller observed. Written by it, not by you.' },
      }),
    },
    required: [...new Set(['apiVersion', 'kind', ...(written['metadata'] && !kind.endsWith('List') ? ['metadata'] : []), ...required])],
  };
}
