/** Absolute path of the Node that everything else runs under. */
export const nodeProgram: string;

/** How npm is started: a program and its first arguments. */
export function npmProgram(): [program: string, ...first: string[]];
