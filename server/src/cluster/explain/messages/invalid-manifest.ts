import type { MessageExplanation } from '../explanation.ts';

export const invalidManifest: MessageExplanation = {
  title: 'The API server does not accept a manifest',
  says: / is invalid: |cannot be handled as a |error decoding from json|unknown field "|strict decoding error|ValidationError|failed to create typed patch object|field not declared in schema/,
  examples: [
    'Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Required value',
    'failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.foo: field not declared in schema',
    'ValidatingWebhookConfiguration in version "v1" cannot be handled as a ValidatingWebhookConfiguration: illegal base64 data at input byte 10',
  ],
  cause: 'A value is missing, of the wrong type, or a field that this version of the kind does not have.',
  next: "The message names the field. Drydock marks most of these in the editor; check that the schemas are of the cluster's version.",
};
