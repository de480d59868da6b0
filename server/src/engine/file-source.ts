// What the engine may ask of the outside: nothing but the state of one path. The engine itself opens no file.

/** What is found at an absolute, `/`-separated path; links are not followed. */
export type PathState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly content: Uint8Array }
  | { readonly kind: 'directory'; readonly entries: readonly string[] }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Answers the engine's questions, from open editors first and the disk behind them. */
export interface FileSource {
  /** The state of `path` now. Never rejects: a failure to read is the state `unreadable`. */
  look(path: string): Promise<PathState>;
}
