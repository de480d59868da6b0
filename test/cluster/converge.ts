// Waits until a cluster is as it should be.
import { eventually } from '../e2e/eventually.ts';
import type { Api, KubernetesObject, ObjectName } from './api.ts';

/** A condition in an object's status. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** Controllers have time: others may use the machine too. */
export const patient = { patience: 180_000, interval: 150 };

/**
 * Waits until an object is there and `holds`.
 *
 * @param what How it should become, for the message: "Ready".
 * @throws Error after three minutes, with the status that the object had then.
 */
export async function converged(
  api: Api,
  name: ObjectName,
  what: string,
  holds: (object: KubernetesObject) => boolean,
): Promise<KubernetesObject> {
  let last: KubernetesObject | undefined;
  const probe = async (): Promise<KubernetesObject | undefined> => {
    last = await api.get(name);
    return last !== undefined && holds(last) ? last : undefined;
  };
  return eventually(`${name.kind} ${name.name} to become ${what}`, probe, patient).catch((error: unknown) => {
    const status = last === undefined ? 'It does not exist.' : `Its status is ${JSON.stringify(last['status'], null, 2)}`;
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${status}`, { cause: error });
  });
}

/** A condition of an object, if it has it. */
export function conditionOf(object: KubernetesObject, type: string): Condition | undefined {
  const { conditions } = (object['status'] ?? {}) as { readonly conditions?: readonly Condition[] };
  return conditions?.find((condition) => condition.type === type);
}

/** Whether a Flux object has been reconciled as it is now, with success. */
export function isReady(object: KubernetesObject): boolean {
  const { observedGeneration } = (object['status'] ?? {}) as { readonly observedGeneration?: number };
  return observedGeneration === object.metadata.generation && conditionOf(object, 'Ready')?.status === 'True';
}
