/** The folder that VS Code is started on. */
export interface OpenedFolder {
  /** Its absolute path. */
  readonly folder: string;
  /** Whether it is a copy of samples/, one that a cluster follows, or the person's own. */
  readonly what: 'samples' | 'cluster' | 'own';
  /** An empty folder for what VS Code keeps, deleted when it ends. */
  readonly temporary: string;
  /** Variables that the extension finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
}
