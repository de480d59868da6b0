import type { MessageExplanation } from '../explanation.ts';

export const decryptionFailed: MessageExplanation = {
  title: 'A Secret can not be decrypted (SOPS)',
  says: /cannot get sops data key|failed to decrypt|decryption failed|is SOPS encrypted, configuring decryption is required|Error getting data key/i,
  examples: [
    "decryption failed for 'web': cannot get sops data key",
    'Secret/shop/web is SOPS encrypted, configuring decryption is required for this secret to be reconciled',
  ],
  cause: 'The controller does not have the key that the file was encrypted for, or the Kustomization has no `spec.decryption`.',
  next: "Add `spec.decryption` with a Secret that holds the age or PGP key, or give the controller's account access to the KMS key; and check with `sops updatekeys` that the file names that key.",
};
