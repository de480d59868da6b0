import { isDeepStrictEqual } from 'node:util';
import { ClusterSecrets } from '../cluster/argocd/cluster-secrets.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ObjectName } from '../model/pipeline.ts';
import type { RegisteredClusters } from '../model/registered-clusters.ts';
import type { KnownCluster } from '../cluster/known-clusters.ts';
import { registeredClusters } from '../session/registered-clusters.ts';

/** What the answers are made from. */
export interface RegisteredAnswersOptions {
  readonly known: () => readonly KnownCluster[];
  /** Called when an answer that was given is another one now. */
  readonly changed: () => void;
  /** Takes a failure that is a bug. */
  readonly failed: (error: unknown) => void;
}

/** Answers what clusters the Argo CD of an ApplicationSet deploys to, and tells when an answer is no longer true. */
export class RegisteredAnswers {
  readonly #options: RegisteredAnswersOptions;
  readonly #secrets = new WeakMap<Cluster, ClusterSecrets>();
  /** By the ApplicationSets that were asked for. */
  readonly #given = new Map<string, { readonly set: ObjectName; readonly answer: RegisteredClusters }>();

  constructor(options: RegisteredAnswersOptions) {
    this.#options = options;
  }

  /** What the connected clusters tell; from then on the Secrets of the one that was asked are watched while it is. */
  of({ group, objectKind, namespace, name }: ObjectName): RegisteredClusters {
    const set = { group, objectKind, namespace, name };
    const answer = this.#answer(set);
    this.#given.set(`${namespace}/${name}`, { set, answer });
    return answer;
  }

  /** Something is known anew of a cluster. */
  update(): void {
    let changed = false;
    for (const [key, { set, answer: before }] of this.#given) {
      const answer = this.#answer(set);
      if (isDeepStrictEqual(answer, before)) continue;
      this.#given.set(key, { set, answer });
      changed = true;
    }
    if (changed) this.#options.changed();
  }

  #answer(set: ObjectName): RegisteredClusters {
    return registeredClusters(this.#options.known(), set, (cluster, namespace) => this.#secretsOf(cluster).in(namespace));
  }

  #secretsOf(cluster: Cluster): ClusterSecrets {
    const known = this.#secrets.get(cluster);
    if (known) return known;
    const made = new ClusterSecrets(cluster, () => this.update(), this.#options.failed);
    this.#secrets.set(cluster, made);
    return made;
  }
}
