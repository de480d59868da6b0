/** What is read of the settings of Red Hat's YAML extension. */
export interface YamlSettings {
  /** `yaml.schemas`: files by the schema that they have. */
  readonly schemas: Readonly<Record<string, string | readonly string[]>>;
  /** `yaml.schemaStore.enable`. */
  readonly useStore: boolean;
}

/** The files of ours for which the public schema store has a schema. */
const inSchemaStore = ['kustomization.yaml', 'kustomization.yml'];

/** Globs of the files for which the extension has a schema, sorted. Files that name one in a comment are not among them. */
export function schemaGlobs({ schemas, useStore }: YamlSettings): string[] {
  const patterns = [...Object.values(schemas).flat(), ...(useStore ? inSchemaStore : [])];
  return patterns.map(anywhere).sort();
}

/** The extension lets a pattern match at any depth, also one that begins with `/`. */
function anywhere(pattern: string): string {
  return pattern.startsWith('**/') ? pattern : `**/${pattern.replace(/^\//, '')}`;
}
