import type { YamlPath } from '../workspace/yaml-path.ts';

/** What findings show in place of a secret value: they land in the Problems view, in logs and in pull requests. */
export const maskedValue = '********';

/** Whether the value at a path is secret: of a Secret, or of a generator that makes one. */
export function isSecretValue(kind: string, [first, , inGenerator]: YamlPath): boolean {
  if (kind === 'Secret') return first === 'data' || first === 'stringData';
  return first === 'secretGenerator' && inGenerator === 'literals';
}
