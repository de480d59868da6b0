// Both builds of the engine are compared with one answer of the real tool: it takes longer than either, and answers the same again.

/** Gives `ask`, which is called once for equal arguments. They are compared as JSON; what lies on disk must stay as it is. */
export function once<Arguments extends readonly unknown[], Answer>(
  ask: (...args: Arguments) => Promise<Answer>,
): (...args: Arguments) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = answers.get(key) ?? ask(...args);
    answers.set(key, known);
    return known;
  };
}
