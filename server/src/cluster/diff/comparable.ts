// What of an object is compared: what a person or a tool has written, and not what the API server notes about it.
import { type JsonObject, without } from './json.ts';

const notes = [
  ['status'],
  ...['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'selfLink'].map((key) => ['metadata', key]),
  // Where client-side apply keeps what it applied, Secrets and all.
  ...['kubectl.kubernetes.io/last-applied-configuration', 'deployment.kubernetes.io/revision'].map((key) => [
    'metadata',
    'annotations',
    key,
  ]),
];

/** An object without what only the API server and its controllers write. */
export function comparable(object: JsonObject): JsonObject {
  return notes.reduce(without, object);
}
