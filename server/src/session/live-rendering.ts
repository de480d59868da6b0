// What a controller would make of an object of a cluster with the sources as they are here, unsaved buffers and all.
import { stringify } from 'yaml';
import type { RenderRequest } from '../engine/engine.ts';
import type { ApplicationRequest } from '../engine/application.ts';
import type { LiveObject } from '../cluster/live-object.ts';
import type { FoundObject, Planned } from '../model/planning.ts';
import { plannerOf } from '../dialects/planners.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import { groupOf } from '../workspace/kind-name.ts';
import { resolveFrom } from '../workspace/paths.ts';
import type { Session } from './session.ts';
import { sourceFile } from '../workspace/source-file.ts';
import { yamlDocument } from '../workspace/yaml-document.ts';

/** How the controllers of a cluster mark what they deploy. */
export interface Marking {
  /** Argo CD's `application.resourceTrackingMethod`. */
  readonly trackingMethod: ApplicationRequest['tracking']['method'];
  /** Its `application.instanceLabelKey`. */
  readonly instanceLabel: string;
  readonly installationID: string;
  /** The namespace that Argo CD runs in. */
  readonly controllerNamespace: string;
}

/** What an object renders to, or why it can't be known. */
export type LiveRendering =
  | { readonly kind: 'rendered'; readonly yaml: string; readonly notes: readonly string[]; readonly secrets: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Renders what an object of a cluster deploys, as its controller would.
 *
 * @param text The object's YAML as it is to be rendered: from a file when one declares it, else as it is live.
 * @param root A folder of the repository that it is taken to be written in.
 * @returns undefined when `signal` ended it first.
 */
export async function renderLive(
  session: Session,
  settings: Settings,
  object: LiveObject,
  text: string | undefined,
  root: string,
  marking: Marking,
  signal: AbortSignal,
): Promise<LiveRendering | undefined> {
  const { rendering } = session;
  if (rendering.kind === 'off') return { kind: 'unknown', reason: rendering.reason };
  const group = groupOf(object.apiVersion);
  const planner = plannerOf(group, object.kind);
  if (!planner) return { kind: 'unknown', reason: `${object.kind} renders nothing: its kind is none that a controller renders.` };
  const { renders } = rendering;
  const planned = await planner(foundObject(object, text, root), {
    view: session.view,
    settings,
    rendered: async (other) => (await renders.render(other, signal))?.yaml,
  });
  if ('refused' in planned) return { kind: 'unknown', reason: planned.refused };
  const outcome = await renders.ask(marked(planned, marking), signal);
  switch (outcome.kind) {
    case 'rendered':
      return { kind: 'rendered', yaml: outcome.yaml, notes: planned.notes, secrets: planned.secrets };
    case 'cancelled':
      return undefined;
    default:
      return { kind: 'unknown', reason: outcome.message };
  }
}

function foundObject({ apiVersion, kind, metadata, spec }: LiveObject, text: string | undefined, root: string): FoundObject {
  const { name, namespace = '', labels = {}, annotations = {} } = metadata;
  const yaml = text ?? stringify({ apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec });
  return {
    pipeline: {
      kind: 'object',
      group: groupOf(apiVersion),
      objectKind: kind,
      namespace,
      name,
      within: { kind: 'file', path: resolveFrom(root, '.') },
    },
    document: yamlDocument(yaml),
    file: sourceFile(resolveFrom(root, `${name}.yaml`), ''),
  };
}

/** The request with the marks that the controller makes. */
function marked({ request }: Planned<RenderRequest>, marking: Marking): RenderRequest {
  switch (request.op) {
    case 'application':
      return {
        op: 'application',
        render: {
          ...request.render,
          controllerNamespace: marking.controllerNamespace,
          tracking: { method: marking.trackingMethod, label: marking.instanceLabel, installationID: marking.installationID },
        },
      };
    case 'flux':
      return { op: 'flux', render: { ...request.render, ownerLabels: true } };
    default:
      return request;
  }
}
