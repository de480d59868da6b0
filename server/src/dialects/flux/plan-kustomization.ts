// What the engine is asked for a Flux Kustomization (kustomize-controller API v1).
import type { FoundObject, Planned, Planning, Refusal } from '../../model/planning.ts';
import { configObject, valuesOf } from './config-data.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import type { RenderRequest } from '../../engine/engine.ts';
import { sourceOf } from './assembled-artifact.ts';
import { objectFileOf } from '../../model/object-file.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

/** Plans the rendering of a Kustomization: its source's folder, and the variables that the repository knows. */
export async function planKustomization(found: FoundObject, planning: Planning): Promise<Planned<RenderRequest> | Refusal> {
  const { document } = found;
  const tree = treeOf(document);
  const sourceRef = nodeAt(tree, ['spec', 'sourceRef']);
  const source = await sourceOf(found, planning, {
    kind: textAt(tree, ['kind'], sourceRef)?.value ?? '',
    name: textAt(tree, ['name'], sourceRef)?.value ?? '',
    namespace: textAt(tree, ['namespace'], sourceRef)?.value ?? found.pipeline.namespace,
  });
  if ('refused' in source) return source;
  const { notes: notesOnSource, ...origin } = source;
  const { substitutions, unknown, notes, secrets } = await substitutionsFor(found, planning);
  return {
    request: {
      op: 'flux',
      render: {
        object: document.text,
        ...objectFileOf(found),
        ...origin,
        substitutions,
        keepUnknown: unknown,
        strict: planning.settings.flux.strictSubstitution,
        ownerLabels: false,
      },
    },
    notes: [...notesOnSource, ...notes],
    secrets,
    configs: [],
  };
}

interface Substitutions {
  readonly substitutions: Readonly<Record<string, string>>;
  /** Something that gives variables is not here, so that a variable without a value may well have one. */
  readonly unknown: boolean;
  readonly notes: readonly string[];
  readonly secrets: readonly string[];
}

async function substitutionsFor(found: FoundObject, planning: Planning): Promise<Substitutions> {
  const tree = treeOf(found.document);
  const substitutions: Record<string, string> = {};
  const notes: string[] = [];
  const secrets: string[] = [];
  let unknown = false;
  for (const reference of itemsOf(tree, nodeAt(tree, ['spec', 'postBuild', 'substituteFrom']))) {
    const name = textAt(tree, ['name'], reference)?.value ?? '';
    const kind = textAt(tree, ['kind'], reference)?.value === 'Secret' ? 'Secret' : 'ConfigMap';
    const config = await configObject({ kind, name }, found, planning);
    if (config) {
      const values = valuesOf(config.document);
      for (const [key, value] of values) {
        // What only the cluster can decrypt stays visibly open.
        substitutions[key] = value.kind === 'text' ? value.text : `\${${key}}`;
        if (value.kind === 'text' && kind === 'Secret') secrets.push(value.text);
      }
      if (values.values().some((value) => value.kind === 'encrypted'))
        notes.push(`The values of Secret ${name} are encrypted: its variables are left open.`);
    } else if (textAt(tree, ['optional'], reference)?.value !== 'true') {
      unknown = true;
      notes.push(
        `${kind} ${name} is not in this repository: variables that it may give are left open. Give its values in "drydock.flux.substitutions".`,
      );
    }
  }
  return { substitutions, unknown, notes, secrets };
}
