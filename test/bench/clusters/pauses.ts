import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Begins to watch how long this process does nothing else; the function gives the longest such time since, in milliseconds. */
export function longestPause(): () => number {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  return () => {
    delays.disable();
    return delays.max / 1e6;
  };
}
