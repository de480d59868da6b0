// A pipeline as the URI of its preview, and back. The URI is also what pipelines are compared by.
import { URI } from 'vscode-uri';
import { type ObjectName, type Pipeline, beginningOf } from './pipeline.ts';
import { pathOf, uriOf } from '../workspace/paths.ts';
import { type Moment, renderedScheme, renderedSuffix } from '../../../protocol/src/preview.ts';

/** The URI of a pipeline's preview, encoded as VS Code encodes it, so that the two compare as strings. */
export function previewUri(pipeline: Pipeline): string {
  const { root, steps } = chainOf(pipeline);
  // The path is for people, who see its end on the tab; the query has what is needed to find the pipeline again.
  const path = [beginningOf(pipeline), ...steps.flatMap(({ objectKind, name }) => [escaped(objectKind), escaped(name)])].join('/');
  const query = [root, ...steps.map((step) => fieldsOf(step).map(escaped).join('/'))];
  return URI.from({ scheme: renderedScheme, path: `${path}${renderedSuffix}`, query: root === 'folder' ? '' : query.join('&') }).toString();
}

/** The pipeline of a preview's URI; undefined when `uri` is no preview's. */
export function pipelineOf(uri: string): Pipeline | undefined {
  const { scheme, path, query } = URI.parse(uri);
  if (scheme !== renderedScheme || !path.endsWith(renderedSuffix)) return undefined;
  const [root = '', ...steps] = query.split('&');
  const segments = pathOf(uriOf(path.slice(0, -renderedSuffix.length))).split('/');
  const beginning = segments.slice(0, segments.length - 2 * steps.length).join('/') || '/';
  const first = beginningAt(root, beginning);
  const names = steps.map((step) => nameOf(step.split('/').map(decodeURIComponent)));
  const pipeline = names.reduce<Within>((within, name) => ({ kind: 'object', ...name, within }), first);
  return pipeline.kind === 'file' ? undefined : pipeline;
}

/** Which moment the preview at `uri` shows: `now` is what it shows without a fragment. */
export function momentOf(uri: string): Moment | 'now' {
  const { fragment } = URI.parse(uri);
  return fragment === 'saved' || fragment === 'opened' || fragment === 'values' ? fragment : 'now';
}

type Within = Pipeline | { readonly kind: 'file'; readonly path: string };

interface Chain {
  /** `folder`, `folder-of`, `file`, `chart`, or `chart:` and the path of a file with values. */
  readonly root: string;
  readonly steps: readonly ObjectName[];
}

function chainOf(pipeline: Pipeline): Chain {
  if (pipeline.kind === 'kustomization') return { root: 'folder', steps: [] };
  if (pipeline.kind === 'chart') return { root: pipeline.values === '' ? 'chart' : `chart:${escaped(pipeline.values)}`, steps: [] };
  if (pipeline.within.kind === 'file') return { root: 'file', steps: [pipeline] };
  const { root, steps } = chainOf(pipeline.within);
  return { root: root === 'folder' ? 'folder-of' : root, steps: [...steps, pipeline] };
}

function beginningAt(root: string, path: string): Within {
  const [kind, values = ''] = root.split(':');
  if (kind === 'chart') return { kind, chart: path, values: decodeURIComponent(values) };
  return root === 'file' ? { kind: 'file', path } : { kind: 'kustomization', directory: path };
}

function fieldsOf({ group, objectKind, namespace, name }: ObjectName): readonly string[] {
  return [group, objectKind, namespace, name];
}

function nameOf([group = '', objectKind = '', namespace = '', name = '']: readonly string[]): ObjectName {
  return { group, objectKind, namespace, name };
}

// Names of objects have nothing to escape; what is being typed may.
function escaped(part: string): string {
  return encodeURIComponent(part).replaceAll('.', (dot) => (/^\.+$/.test(part) ? '%2E' : dot));
}
