// One piece of work after the other: each when it is asked for, and again when it is due.
import type { ObjectName } from '../api.ts';

/** Objects to be worked on. */
export interface Queue extends AsyncDisposable {
  /** Has an object worked on as soon as everything before it is done; once, however often it is asked for meanwhile. */
  add(name: ObjectName): void;
}

/** Milliseconds after which work that broke off is done again: an API server may be away. */
const retry = 1_000;

/** Gives a queue. `work` gives the milliseconds after which an object is due again, or undefined when it is not. */
export function inTurn(work: (name: ObjectName) => Promise<number | undefined>): Queue {
  const waiting = new Map<string, ObjectName>();
  const timers = new Map<string, NodeJS.Timeout>();
  let working: Promise<void> | undefined;
  let stopped = false;

  const later = (key: string, name: ObjectName, ms: number): void => {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => add(name), ms).unref());
  };
  const workAll = async (): Promise<void> => {
    for (const [key, name] of waiting) {
      if (stopped) return;
      waiting.delete(key);
      const due = await work(name).catch((error: unknown) => {
        if (!stopped) console.error(`source stand-in: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return retry;
      });
      if (due !== undefined) later(key, name, due);
    }
    working = undefined;
  };
  const add = (name: ObjectName): void => {
    if (stopped) return;
    waiting.set(`${name.kind} ${name.namespace}/${name.name}`, name);
    // A map that grows while it is walked is walked to its new end.
    working ??= workAll();
  };
  return {
    add,
    async [Symbol.asyncDispose]() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await working;
    },
  };
}
