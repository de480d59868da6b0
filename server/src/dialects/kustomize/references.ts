// The fields of a kustomization that name files and folders (kustomize api v0.21.2, `types.Kustomization`).
import type { Expectation, Reference, Target } from '../../model/reference.ts';
import type { PlacedDocument, SourceFile } from '../../workspace/source-file.ts';
import { type TextAt, entriesOf, itemsOf, nodeAt, textAt, textOf } from '../../workspace/yaml-path.ts';
import { directoryOf, resolveFrom } from '../../workspace/paths.ts';
import { type YamlTree, treeOf } from '../../workspace/yaml-document.ts';
import { isRemote } from './remote.ts';
import { kindOf } from '../../model/object.ts';

// Lists whose items are paths themselves.
const pathLists: Readonly<Record<string, Expectation>> = {
  resources: 'fileOrKustomization',
  bases: 'kustomization',
  components: 'kustomization',
  crds: 'file',
  configurations: 'file',
  generators: 'fileOrKustomization',
  transformers: 'fileOrKustomization',
  validators: 'fileOrKustomization',
  patchesStrategicMerge: 'file',
};

// Lists whose items hold paths in fields of their own.
const pathFields: Readonly<Record<string, readonly string[]>> = {
  patches: ['path'],
  patchesJson6902: ['path'],
  replacements: ['path'],
  configMapGenerator: ['files', 'envs', 'env'],
  secretGenerator: ['files', 'envs', 'env'],
  helmCharts: ['valuesFile', 'additionalValuesFiles'],
};

/** Every file and folder that a kustomization or component names. */
export function references(file: SourceFile, placed: PlacedDocument): Reference[] {
  if (!kindOf(placed, file.path)?.apiVersion.startsWith('kustomize.config.k8s.io/')) return [];
  const directory = directoryOf(file.path);
  const tree = treeOf(placed.document);
  return [...listed(tree), ...held(tree)].flatMap(({ field, at, expects }): Reference[] => {
    const target = targetOf(directory, pathIn(field, at.value), expects);
    return target ? [{ placed, span: at.span, field, text: at.value, target }] : [];
  });
}

interface Mention {
  readonly field: string;
  readonly at: TextAt;
  readonly expects: Expectation;
}

function listed(tree: YamlTree): Mention[] {
  return Object.entries(pathLists).flatMap(([field, expects]) =>
    itemsOf(tree, nodeAt(tree, [field])).flatMap((item) => {
      const at = textOf(item);
      return at && !isInline(at.value) ? [{ field, at, expects }] : [];
    }),
  );
}

function held(tree: YamlTree): Mention[] {
  const inLists = Object.entries(pathFields).flatMap(([list, fields]) =>
    itemsOf(tree, nodeAt(tree, [list])).flatMap((item) =>
      entriesOf(tree, item)
        .filter(({ key }) => fields.includes(key))
        .flatMap(({ key, value }) => [value, ...itemsOf(tree, value)].flatMap((node) => mention(`${list}.${key}`, textOf(node)))),
    ),
  );
  return [...inLists, ...mention('openapi.path', textAt(tree, ['openapi', 'path']))];
}

function mention(field: string, at: TextAt | undefined): Mention[] {
  return at ? [{ field, at, expects: 'file' }] : [];
}

// A patch or a plug-in's configuration may stand where a path could.
function isInline(value: string): boolean {
  return value.includes('\n') || value.trimStart().startsWith('{');
}

// `files` of a generator may name the key as well: `key=path`.
function pathIn(field: string, text: string): string {
  return field.endsWith('.files') ? text.slice(text.indexOf('=') + 1) : text;
}

function targetOf(directory: string, text: string, expects: Expectation): Target | undefined {
  if (text === '') return undefined;
  if (isRemote(text)) return { kind: 'remote', url: text };
  return { kind: 'path', path: resolveFrom(directory, text), expects };
}
