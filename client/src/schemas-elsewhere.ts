// Red Hat's YAML extension also checks, explains and completes YAML by schema. Where it has a schema for a file,
// two sets of the same answers would only be noise, so the server is told which files those are.
import { extensions, workspace } from 'vscode';
import { type YamlSettings, schemaGlobs } from './schema-globs.ts';

/** Globs of the files for which another installed extension brings a schema. */
export function schemasElsewhere(): readonly string[] {
  if (!extensions.getExtension('redhat.vscode-yaml')) return [];
  const yaml = workspace.getConfiguration('yaml');
  return schemaGlobs({ schemas: yaml.get<YamlSettings['schemas']>('schemas', {}), useStore: yaml.get('schemaStore.enable', true) });
}
