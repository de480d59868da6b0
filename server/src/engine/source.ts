// Sources that lie elsewhere (engine/internal/wire/source.go): the engine asks for the host's copy of one by a path of its own,
// which is a link to the copy, or absent.

const kinds = ['git', 'git-alone', 'file', 'chart', 'oci'] as const;

/** Something that lies elsewhere, and that there may be a copy of. */
export interface Source {
  /** A Git repository with or without its submodules (the copy is a folder), what an http(s) URL answers (a file), a chart of a repository or of an OCI registry (a package). */
  readonly kind: (typeof kinds)[number];
  readonly url: string;
  /** The chart's name; empty for the other kinds. */
  readonly name: string;
  /** Branch, tag or commit; a chart's version or range. Empty for the default branch or the newest version. */
  readonly revision: string;
}

/** The folder of these paths, at the root. */
const folder = '/.drydock';

/** A source for people. */
export function sourceLabel({ url, name, revision }: Source): string {
  const address = url.replace(/(?<=^[a-z+]+:\/\/[^/@:]*):[^/@]*@/, '@'); // no password
  if (name !== '') return `chart ${[name, revision].filter(Boolean).join(' ')} of ${address}`;
  return revision === '' ? address : `${address} at ${revision}`;
}

/** The copies of what lies elsewhere. */
export interface Copies {
  /** Finds the copy of a source: an absolute path; undefined when there is none. */
  find(source: Source): Promise<string | undefined>;
  /** The commit that the copy of a Git repository is at; undefined when that is not known. */
  commit(source: Source): Promise<string | undefined>;
}

/** Where the engine asks for the copy of a source. */
export function sourcePlace({ kind, url, name, revision }: Source): string {
  return [folder, ...[kind, revision, name, ...url.split('/')].map(escaped), '@'].join('/');
}

/** Where the engine asks for what the copy of a source is. */
export function commitPlace(source: Source): string {
  return `${sourcePlace(source)}revision`;
}

/** What is asked for at a path: the copy of a source, or the commit it is at; `folder` above such a path. */
export type Asked = { readonly about: 'copy' | 'commit'; readonly source: Source } | 'folder';

/** What is asked for at `path`; undefined when that has nothing to do with copies. */
export function askedAt(path: string): Asked | undefined {
  if (path !== folder && !path.startsWith(`${folder}/`)) return undefined;
  const [, steps, last] = /^\/\.drydock\/(.*)\/@(revision)?$/.exec(path) ?? [];
  const [kind, revision = '', name = '', ...url] = (steps ?? '').split('/').map(unescaped);
  const known = kinds.find((each) => each === kind);
  if (steps === undefined || !known) return 'folder';
  return { about: last === undefined ? 'copy' : 'commit', source: { kind: known, revision, name, url: url.join('/') } };
}

// As Go's url.PathEscape writes it; what a path may not have as a step begins with a lone `%`.
function escaped(part: string): string {
  if (part === '' || part === '.' || part === '..') return `%${part}`;
  return encodeURIComponent(part).replaceAll(/%(?:24|26|2B|3A|3D|40)|[!'()*]/g, (match) =>
    match.startsWith('%') ? decodeURIComponent(match) : `%${match.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function unescaped(part: string): string {
  return part === '%' || part === '%.' || part === '%..' ? part.slice(1) : decodeURIComponent(part);
}
