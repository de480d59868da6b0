// What several say at the same time, printed as if one spoke after the other.

/** One of them. */
export interface Speaker {
  /** Prints the line now, or when it is this one's turn. */
  say(line: string): void;
  /** Prints the line if it is this one's turn: later it would be of no use. */
  remind(line: string): void;
  /** Has said all: now it is the next one's turn. */
  end(): void;
}

/** A speaker for each of them, in the order of their turns. */
export function speakers<T>(all: readonly T[], print: (line: string) => void = console.log): [T, Speaker][] {
  const kept = all.map((): string[] => []);
  const ended = new Set<number>();
  let turn = 0;
  return all.map((each, index) => {
    const say = (line: string): void => {
      if (index === turn) print(line);
      else kept[index]?.push(line);
    };
    const remind = (line: string): void => {
      if (index === turn) print(line);
    };
    const end = (): void => {
      ended.add(index);
      for (; ended.has(turn); turn++) for (const line of kept[turn + 1] ?? []) print(line);
    };
    return [each, { say, remind, end }];
  });
}
