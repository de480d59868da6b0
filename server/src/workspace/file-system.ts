// The one door to files. Everything above asks this interface, so that open editors, the disk and, later, a commit's
// tree answer alike.

/** What is found at a path; links are not followed. */
export type FileState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly size: number }
  | { readonly kind: 'directory'; readonly entries: readonly string[] }
  | { readonly kind: 'link'; readonly target: string }
  /** Something that is there and can't be read: permission denied, a socket, a device. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads files by absolute, `/`-separated path. Neither method rejects for what a user's disk may hold. */
export interface FileSystem {
  /** The state of `path` itself; sizes in bytes, directory entries sorted by code unit. */
  look(path: string): Promise<FileState>;
  /** The bytes of the regular file at `path`, or undefined when there is none that can be read. Links are followed. */
  read(path: string): Promise<Uint8Array | undefined>;
}
