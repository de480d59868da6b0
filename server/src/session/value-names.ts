// Where values of charts come from, for people.
import type { ValueOrigin, ValuesRequest } from '../engine/engine.ts';
import type { PlacedLine } from '../features/annotated-values.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { Planned } from '../model/planning.ts';
import { type YamlDocument, treeOf, yamlDocument } from '../workspace/yaml-document.ts';
import { nodeAt, textAt } from '../workspace/yaml-path.ts';
import { lineFrom, linesOfText } from './rendered-lines.ts';
import type { Session } from './session.ts';
import type { TracedRendering } from '../features/origin.ts';

/** Tells where values come from. */
export interface NameValues {
  /** The file and line, else what names the place best. */
  readonly nameOf: (origin: ValueOrigin) => Promise<string>;
  /** The line of a file to go to; undefined when there is none, or when it can't be told. */
  readonly lineOf: (origin: ValueOrigin) => Promise<PlacedLine | undefined>;
  readonly isSecret: (origin: ValueOrigin) => boolean;
}

/**
 * Tells where the values come from of what was planned for a pipeline.
 *
 * @param fileName What a file is called, for people.
 */
export function valueNames(
  session: Session,
  pipeline: Pipeline,
  { request, configs }: Planned<ValuesRequest>,
  fileName: (path: string) => string,
  signal: AbortSignal,
): NameValues {
  const objects = request.op === 'helmRelease' ? request.render.objects.map(yamlDocument) : [];
  const ofObject = request.op === 'helmRelease' || request.op === 'application' ? request.render : undefined;
  const object = ofObject && yamlDocument(ofObject.object);
  const traces = new Map<Pipeline, Promise<TracedRendering | undefined>>();
  const traceOf = (of: Pipeline): Promise<TracedRendering | undefined> => {
    const { rendering } = session;
    const known = traces.get(of) ?? (rendering.kind === 'on' ? rendering.renders.trace(of, signal) : Promise.resolve(undefined));
    traces.set(of, known);
    return known;
  };

  const lineOf = async (origin: ValueOrigin): Promise<PlacedLine | undefined> => {
    switch (origin.kind) {
      case 'file':
        return { path: origin.file, line: origin.line };
      case 'object': {
        const written = ofObject?.objectFile;
        if (written) return { path: written.path, line: written.line + origin.line - 1 };
        if (!object || pipeline.kind !== 'object' || pipeline.within.kind === 'file') return undefined;
        const traced = await traceOf(pipeline.within);
        return traced && lineFrom(session.view, traced, object, origin.line);
      }
      case 'reference': {
        const place = configs[origin.number - 1];
        const config = objects[origin.number - 1];
        if (place?.kind === 'file' && origin.objectLine !== undefined)
          return { path: place.path, line: place.line + origin.objectLine - 1 };
        const traced = place?.kind === 'rendering' ? await traceOf(place.pipeline) : undefined;
        return traced && config && linesOfText(session.view, traced, config, pathOfKey(config, origin.key))?.(origin.line);
      }
      default:
        return undefined;
    }
  };

  const nameOf = async (origin: ValueOrigin): Promise<string> => {
    const place = await lineOf(origin);
    if (place) return `${fileName(place.path)}:${place.line}`;
    switch (origin.kind) {
      case 'package':
        return `${fileName(origin.file)}!/${origin.member}:${origin.line}`;
      case 'reference': {
        const found = configs[origin.number - 1]?.kind;
        const why = found === 'settings' ? ' of drydock.flux.substitutions' : found === 'absent' ? ', which is not in this repository' : '';
        return `${nameIn(objects[origin.number - 1])}, ${origin.key}:${origin.line}${why}`;
      }
      case 'object':
        return nameIn(object);
      case 'set':
        return `--set ${request.op === 'template' ? (request.render.set[origin.number - 1] ?? '') : ''}`;
      case 'setString':
        return `--set-string ${request.op === 'template' ? (request.render.setString[origin.number - 1] ?? '') : ''}`;
      default:
        return '';
    }
  };

  const isSecret = (origin: ValueOrigin): boolean => origin.kind === 'reference' && objects[origin.number - 1]?.identity.kind === 'Secret';
  return { nameOf, lineOf, isSecret };
}

function pathOfKey(config: YamlDocument, key: string): readonly string[] {
  const field = ['stringData', 'data', 'binaryData'].find((each) => nodeAt(treeOf(config), [each, key]));
  return [field ?? 'data', key];
}

/** An object for people: `ConfigMap flux-system/app-values`. */
function nameIn(object: YamlDocument | undefined): string {
  if (!object) return '';
  const tree = treeOf(object);
  const [namespace, name] = ['namespace', 'name'].map((field) => textAt(tree, ['metadata', field])?.value);
  return `${object.identity.kind ?? ''} ${namespace === undefined ? '' : `${namespace}/`}${name ?? ''}`;
}
