// What the source of an Application renders in the end, as the engine found it.
import type { ApplicationDetails } from '../../engine/application.ts';
import { type Deployed, type DeployedChart, type WrittenObject, writtenObject } from '../../model/deployed.ts';
import type { ObjectPipeline } from '../../model/pipeline.ts';
import type { View } from '../../model/view.ts';
import { rangeOf } from '../../workspace/source-file.ts';
import { type YamlTree, treeOf } from '../../workspace/yaml-document.ts';
import { type YamlPath, entriesOf, itemsOf, keysFrom, nodeAt, spanOf, textAt } from '../../workspace/yaml-path.ts';

/**
 * The kustomization or chart of the source that an Application failed at, which is the last that the engine tells of; undefined when it came to
 * none.
 */
export function deployedSource(view: View, pipeline: ObjectPipeline, { sources }: ApplicationDetails): Deployed | undefined {
  const source = sources.at(-1);
  if (!source || source.path === '') return undefined;
  if (source.type !== 'Helm') return { kind: 'kustomization', directory: source.path };
  const written = writtenObject(view.graph, pipeline);
  const inObject = written && setInObject(written, sources.length - 1);
  return { kind: 'chart', chart: source.path, valueFiles: source.valueFiles, ...(inObject ? { inObject } : {}) };
}

/** Finds values that the Application sets itself, the strongest first (Argo CD v3.2.11, util/helm/cmd.go). */
function setInObject({ file, object: { placed } }: WrittenObject, index: number): DeployedChart['inObject'] {
  const tree = treeOf(placed.document);
  const several = itemsOf(tree, nodeAt(tree, ['spec', 'sources'])).length > 0;
  const helm: YamlPath = [...(several ? ['spec', 'sources', index] : ['spec', 'source']), 'helm'];
  return (keys) => {
    const found = parameterOf(tree, helm, keys) ?? keysFrom(tree, [...helm, 'valuesObject'], keys) ?? textWith(tree, helm, keys);
    return found && { path: file.path, range: rangeOf(file, placed, found.span), depth: found.depth };
  };
}

type Found = ReturnType<typeof keysFrom>;

function parameterOf(tree: YamlTree, helm: YamlPath, keys: readonly string[]): Found {
  const wanted = `${keys.join('.')}.`;
  const item = itemsOf(tree, nodeAt(tree, [...helm, 'parameters'])).find((each) => {
    const name = `${textAt(tree, ['name'], each)?.value ?? ''}.`;
    return name !== '.' && (wanted.startsWith(name) || name.startsWith(wanted));
  });
  return item && { span: spanOf(item), depth: keys.length };
}

function textWith(tree: YamlTree, helm: YamlPath, [first = '']: readonly string[]): Found {
  const values = nodeAt(tree, [...helm, 'valuesObject']) ? undefined : textAt(tree, [...helm, 'values']);
  const has = values?.value.split('\n').some((line) => line.replace(/^["']|["'](?=\s*:)/g, '').startsWith(`${first}:`));
  const entry = entriesOf(tree, nodeAt(tree, helm)).find(({ key }) => key === 'values');
  return first !== '' && has === true && entry ? { span: entry.keySpan, depth: 1 } : undefined;
}
