// What the engine is asked for a Flux HelmRelease (helm-controller API v2).
import type { ConfigPlace, FoundObject, Planned, Planning, Refusal } from '../../model/planning.ts';
import { chartOf } from './chart-of.ts';
import { configObject, configOf, valuesOf } from './config-data.ts';
import { itemsOf, nodeAt, textAt } from '../../workspace/yaml-path.ts';
import type { RenderRequest } from '../../engine/engine.ts';
import { capabilitiesAt } from '../../model/capabilities.ts';
import { objectFileOf } from '../../model/object-file.ts';
import { secretTexts } from './secret-texts.ts';
import { treeOf } from '../../workspace/yaml-document.ts';

/** Plans the rendering of a HelmRelease: where its chart is, and the values that the repository knows. */
export async function planHelmRelease(found: FoundObject, planning: Planning): Promise<Planned<RenderRequest> | Refusal> {
  const { view, settings } = planning;
  const chart = await chartOf(planning, found);
  if ('refused' in chart) return chart;
  const { objects, notes, secrets, configs } = await valuesFor(found, planning);
  const { notes: notesOnChart, ...fields } = chart;
  return {
    request: {
      op: 'helmRelease',
      render: {
        object: found.document.text,
        ...objectFileOf(found),
        ...fields,
        objects,
        ...capabilitiesAt(view.graph.snapshot, settings, found.file.path),
        originLabels: false,
      },
    },
    notes: [...notesOnChart, ...notes],
    secrets,
    configs,
  };
}

interface Values {
  readonly objects: readonly string[];
  readonly notes: readonly string[];
  readonly secrets: readonly string[];
  readonly configs: readonly ConfigPlace[];
}

async function valuesFor(found: FoundObject, planning: Planning): Promise<Values> {
  const tree = treeOf(found.document);
  const objects: string[] = [];
  const notes: string[] = [];
  const secrets: string[] = [];
  const configs: ConfigPlace[] = [];
  for (const reference of itemsOf(tree, nodeAt(tree, ['spec', 'valuesFrom']))) {
    const name = textAt(tree, ['name'], reference)?.value ?? '';
    const kind = textAt(tree, ['kind'], reference)?.value === 'Secret' ? 'Secret' : 'ConfigMap';
    const key = textAt(tree, ['valuesKey'], reference)?.value ?? 'values.yaml';
    const config = await configObject({ kind, name }, found, planning);
    const value = config && valuesOf(config.document).get(key);
    if (config && value?.kind !== 'encrypted') {
      objects.push(config.document.text);
      configs.push(config.place);
      if (kind === 'Secret' && value) secrets.push(...secretTexts(value.text));
      continue;
    }
    if (!config && textAt(tree, ['optional'], reference)?.value === 'true') continue;
    const isSingle = textAt(tree, ['targetPath'], reference) !== undefined;
    const open = `(${kind} ${name}: ${key})`;
    objects.push(configOf({ kind, name }, found.pipeline.namespace, { [key]: isSingle ? open : '' }).text);
    configs.push({ kind: 'absent' });
    const why = config ? 'is encrypted' : 'is not in this repository';
    notes.push(`${kind} ${name} ${why}: ${isSingle ? `its value is shown as ${open}` : 'its values are left out'}.`);
  }
  return { objects, notes, secrets, configs };
}
