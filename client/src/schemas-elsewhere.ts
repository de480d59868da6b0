// Red Hat's YAML extension also checks, explains and completes YAML by schema. Where it has a schema for a file,
// two sets of the same answers would only be noise, so the server is told which files those are.
import { extensions, workspace } from 'vscode';

const redHatYaml = 'redhat.vscode-yaml';

/** The files of ours for which the public schema store, on by default in Red Hat's extension, has a schema. */
const inSchemaStore = ['kustomization.yaml', 'kustomization.yml'];

/**
 * Globs of the files for which another installed extension brings a schema: the patterns of the user's `yaml.schemas`,
 * and what the schema store covers. Files that name a schema in a comment say so themselves.
 */
export function schemasElsewhere(): readonly string[] {
  if (!extensions.getExtension(redHatYaml)) return [];
  const yaml = workspace.getConfiguration('yaml');
  const mapped = Object.values(yaml.get<Readonly<Record<string, string | readonly string[]>>>('schemas', {})).flat();
  const stored = yaml.get<boolean>('schemaStore.enable', true) ? inSchemaStore : [];
  return [...mapped, ...stored].map(anywhere).sort();
}

/** Red Hat's extension lets a pattern match at any depth, also one that begins with `/`. */
function anywhere(pattern: string): string {
  return pattern.startsWith('**/') ? pattern : `**/${pattern.replace(/^\//, '')}`;
}
