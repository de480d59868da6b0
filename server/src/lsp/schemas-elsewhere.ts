import picomatch from 'picomatch';

/** Whether another extension brings a schema for the file at a path, by the globs that the client sent. */
export function schemasElsewhere(globs: readonly string[]): (path: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true });
}
