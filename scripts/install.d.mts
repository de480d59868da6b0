/** Absolute path of the Node that everything else runs under. */
export const nodeProgram: string;
