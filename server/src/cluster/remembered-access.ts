// What the user may do in a cluster, asked as rarely as rows of thousands want: for all of a kind first, then for a namespace (or a
// project of Argo CD), for one object only when somebody points at it. Answers are remembered for a while.
import { type Access, askAccess } from './access.ts';
import type { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';

/** How exactly it is asked. */
export type Exactness = 'ofScope' | 'ofObject';

// Milliseconds for which an answer counts; a later one takes its place, and until then it is told.
const remembered = 300_000;
// Questions that a cluster is asked at a time.
const atATime = 4;

interface Answer {
  readonly until: number;
  /** Undefined when the user may. */
  readonly refusal: string | undefined;
}

/** What is known of the user's rights in one cluster. */
export class RememberedAccess {
  readonly #cluster: Cluster;
  readonly #answers = new Map<string, Answer>();
  readonly #asking = new Map<string, Promise<Answer | undefined>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Why the user may not, as far as that was asked; undefined when they may, or nobody knows. Asks nothing. */
  refusal(access: Access): string | undefined {
    const [all, scope, object] = levels(access).map((level) => this.#answers.get(keyOf(level)));
    const told = [all, scope, object].filter((answer) => answer !== undefined);
    if (told.some(({ refusal }) => refusal === undefined)) return undefined;
    return (object ?? scope)?.refusal;
  }

  /**
   * Asks what is not known, or was known too long ago, while the cluster is looked at.
   *
   * @returns whether anything is known that was not.
   * @throws the reason of `signal`. What the cluster does not answer stays unknown.
   */
  async look(accesses: readonly Access[], exactness: Exactness, signal: AbortSignal): Promise<boolean> {
    const distinct = [...new Map(accesses.map((each) => [keyOf(each), each])).values()];
    const before = distinct.map((each) => this.refusal(each));
    const waiting = distinct.values();
    const askOneByOne = async (): Promise<void> => {
      for (const access of waiting) await this.#settle(access, exactness, signal);
    };
    await Promise.all(Array.from({ length: atATime }, askOneByOne));
    return distinct.some((each, index) => this.refusal(each) !== before[index]);
  }

  async #settle(access: Access, exactness: Exactness, signal: AbortSignal): Promise<void> {
    const asked = levels(access).slice(0, exactness === 'ofObject' ? 3 : 2);
    for (const level of asked) {
      if (this.#cluster.state.kind === 'off') return;
      const answer = await this.#answer(level, signal);
      if (answer?.refusal === undefined) return;
    }
  }

  async #answer(level: Access, signal: AbortSignal): Promise<Answer | undefined> {
    const key = keyOf(level);
    const known = this.#answers.get(key);
    if (known && known.until > Date.now()) return known;
    const asking =
      this.#asking.get(key) ??
      this.#ask(level, signal).finally(() => {
        this.#asking.delete(key);
      });
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(level: Access, signal: AbortSignal): Promise<Answer | undefined> {
    try {
      const refusal = await askAccess(this.#cluster, level, signal);
      const answer = { until: Date.now() + remembered, refusal };
      this.#answers.set(keyOf(level), answer);
      return answer;
    } catch (error) {
      if (error instanceof ClusterError) return undefined;
      throw error;
    }
  }
}

/** From what is asked of everything to what is asked of the one object. */
function levels(access: Access): readonly [Access, Access, Access] {
  return [{ ...access, scope: '', name: '' }, { ...access, name: '' }, access];
}

function keyOf({ verb, group, kind, scope, name }: Access): string {
  return [verb, group, kind, scope, name].join('/');
}
