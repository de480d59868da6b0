// What a Flux Kustomization that fails complains of beyond kustomize's own errors, in the words of kustomize-controller 1.9.5 and of
// fluxcd/pkg (kustomize, envsubst).
import type { Blame } from '../../model/blame.ts';
import type { Graph } from '../../model/graph.ts';
import { type PlacedDocument, type SourceFile, rangeOf } from '../../workspace/source-file.ts';
import { declaredObject, kindOf } from '../../model/object.ts';
import { fileAt, filesOf } from '../../workspace/snapshot.ts';
import { firstLineRange, lineRange } from '../../workspace/text-line.ts';
import { isWithin } from '../../workspace/paths.ts';

/**
 * What the controller's own steps complain of; undefined when it is kustomize that complains, or the place is in no file.
 *
 * @param directory The folder that the Kustomization deploys.
 */
export function fluxBlame(graph: Graph, directory: string, message: string): Blame | undefined {
  return undecoded(graph, message) ?? unsubstituted(graph, directory, message);
}

// Without a kustomization in the folder the controller reads all YAML files below it: `failed to decode Kubernetes YAML from <path>: …`.
function undecoded(graph: Graph, message: string): Blame | undefined {
  const [, path = '', words = ''] = /failed to decode Kubernetes YAML from (.+?): ([^]*)$/.exec(message) ?? [];
  const file = fileAt(graph.snapshot, path);
  if (!file) return undefined;
  const line = /yaml: line (\d+):/.exec(words)?.[1];
  const range = line === undefined ? firstLineRange(file) : lineRange(file, Number(line));
  const hint =
    'Correct the file, or keep it from the source with `spec.ignore` or .sourceignore: every YAML file of this folder is applied.';
  return { place: { path, range }, named: true, words, hint, cause: 'source', way: [] };
}

// `post build failed for '<kind>.<version>.<group>/<name>': envsubst error: …`; the name is the rendered one.
function unsubstituted(graph: Graph, directory: string, message: string): Blame | undefined {
  const [, kind, name = '', words = ''] = /post build failed for '([^.]+)\.[^/]*\/(.+?)': ([^]*)$/.exec(message) ?? [];
  if (kind === undefined) return undefined;
  const candidates = filesBelow(graph, directory).flatMap((file) =>
    file.documents.flatMap((placed) => {
      const object = kindOf(placed, file.path)?.kind === kind ? declaredObject(file, placed) : undefined;
      return object && object.name !== '' && name.includes(object.name) ? [{ file, placed, object }] : [];
    }),
  );
  // Prefixes and suffixes make names longer: the longest that fits is the one that is meant.
  const [meant, other] = candidates.sort((a, b) => b.object.name.length - a.object.name.length);
  if (!meant || other?.object.name === meant.object.name) return undefined;
  const { file, placed, object } = meant;
  const [, variable] = /variable not set \(strict mode\): "([^"]+)"/.exec(words) ?? [];
  const range = variableRange(file, placed, variable, words) ?? rangeOf(file, placed, object.span);
  return { place: { path: file.path, range }, named: true, words, hint: hintFor(words, variable), cause: 'source', way: [] };
}

function variableRange({ lines }: SourceFile, { document, start }: PlacedDocument, variable: string | undefined, words: string) {
  const wanted =
    variable !== undefined
      ? [...document.text.matchAll(/\$\{([A-Za-z_]\w*)[^}\n]*\}?/g)].find(([, name]) => name === variable)
      : words.endsWith('missing closing brace')
        ? /\$\{[^}\n]*$/m.exec(document.text)
        : undefined;
  if (!wanted) return undefined;
  const from = start + wanted.index;
  return { start: lines.positionAt(from), end: lines.positionAt(from + wanted[0].length) };
}

function hintFor(words: string, variable: string | undefined): string | undefined {
  const name = variable ?? 'NAME';
  if (variable !== undefined) return `Give it a value in \`spec.postBuild\`, or a default: \`\${${name}:=value}\`.`;
  if (words.includes('missing closing brace')) return 'Close it with `}`, or write `$${` for text that is no variable.';
  if (/bad substitution|unable to parse/.test(words)) return 'Write `$${` for text that is no variable.';
  if (words.includes('var name is invalid')) return 'Names of variables have letters, digits and `_`, and begin with no digit.';
  return /YAMLToJSON|UnmarshalJSON/.test(words) ? 'With the values filled in, this is no YAML: quote the variable.' : undefined;
}

/** The files that the folder's kustomization reaches; all YAML files below a folder without one. */
function filesBelow(graph: Graph, directory: string): readonly SourceFile[] {
  if (!graph.kustomizationAt(directory)) return [...filesOf(graph.snapshot)].filter(({ path }) => isWithin(directory, path));
  const found = new Map<string, SourceFile>();
  const waiting = [directory];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    const file = graph.kustomizationAt(at)?.file ?? fileAt(graph.snapshot, at);
    if (!file || found.has(file.path)) continue;
    found.set(file.path, file);
    for (const { target } of graph.referencesFrom(file)) if (target.kind === 'path') waiting.push(target.path);
  }
  return [...found.values()];
}
