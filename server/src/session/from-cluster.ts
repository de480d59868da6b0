// What an object needs to be rendered and the repository does not have: its sources and values, as they are in the cluster.
import { parse, stringify } from 'yaml';
import { ClusterError } from '../cluster/cluster-error.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { LiveObject } from '../cluster/live-object.ts';
import { readObject } from '../cluster/objects.ts';
import { dialects } from '../dialects/dialects.ts';
import { configObject, valuesOf } from '../dialects/flux/config-data.ts';
import { sourceGroup } from '../dialects/flux/source-folder.ts';
import { graphOf } from '../model/graph.ts';
import type { FoundObject, Planning } from '../model/planning.ts';
import { sourceFile } from '../workspace/source-file.ts';

/** What is planned with, and what a user must know of it, a sentence each. */
export interface Completed {
  readonly planning: Planning;
  readonly notes: readonly string[];
}

/**
 * Completes what the repository knows for an object of Flux's: sources that no file declares, and ConfigMaps and Secrets that are not here
 * or are encrypted here, are read from the cluster. What the user may not read there stays open, as the planner says.
 *
 * @throws ClusterError when the cluster can't be asked.
 */
export async function completedFrom(cluster: Cluster, found: FoundObject, planning: Planning, signal: AbortSignal): Promise<Completed> {
  const spec = specOf(found.document.text);
  const sources = await missingSources(cluster, found, spec, planning, signal);
  const { snapshot } = planning.view.graph;
  const withSources =
    sources.length === 0
      ? planning
      : {
          ...planning,
          view: {
            ...planning.view,
            graph: graphOf(
              {
                ...snapshot,
                open: new Map([...snapshot.open, [extraFile, sourceFile(extraFile, sources.map(({ yaml }) => yaml).join('---\n'))]]),
              },
              dialects,
            ),
          },
        };
  const { values, notes } = await missingValues(cluster, found, spec, withSources, signal);
  const { settings } = planning;
  return {
    planning: {
      ...withSources,
      settings: { ...settings, flux: { ...settings.flux, substitutions: { ...settings.flux.substitutions, ...values } } },
    },
    notes: [...sources.map(({ name }) => `${name} is not in this repository: it is taken as it is in the cluster.`), ...notes],
  };
}

// A place as far from everything as can be: what the repository has is nearer.
const extraFile = '/sources-of-the-cluster.yaml';

/** `spec` of a Kustomization or HelmRelease, as far as it names other objects. */
interface Naming {
  readonly sourceRef?: Reference;
  readonly chartRef?: Reference;
  readonly chart?: { readonly spec?: { readonly sourceRef?: Reference } };
  readonly postBuild?: { readonly substituteFrom?: readonly Reference[] };
  readonly valuesFrom?: readonly Reference[];
}

interface Reference {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

async function missingSources(
  cluster: Cluster,
  { pipeline }: FoundObject,
  spec: Naming,
  { view }: Planning,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly yaml: string }[]> {
  const missing: { readonly name: string; readonly yaml: string }[] = [];
  let next = [spec.sourceRef, spec.chartRef, spec.chart?.spec?.sourceRef];
  for (let depth = 0; depth < 2; depth++) {
    const named = next.flatMap((each) => each ?? []);
    next = [];
    for (const { kind = '', name = '', namespace = pipeline.namespace } of named) {
      const declared = view.graph
        .objects((group, itsKind) => group === sourceGroup && itsKind === kind)
        .some(({ object }) => object.name === name && (object.namespace === '' || object.namespace === namespace));
      const object = declared ? undefined : await readIfAllowed(cluster, { group: sourceGroup, kind, namespace, name }, signal);
      if (!object) continue;
      missing.push({ name: `${kind} ${name}`, yaml: stringify({ ...object, metadata: { name, namespace }, status: undefined }) });
      // A HelmChart names a source in turn.
      const { sourceRef } = (object.spec ?? {}) as Naming;
      if (sourceRef) next.push({ ...sourceRef, namespace });
    }
  }
  return missing;
}

async function missingValues(
  cluster: Cluster,
  found: FoundObject,
  spec: Naming,
  planning: Planning,
  signal: AbortSignal,
): Promise<{ readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>; readonly notes: readonly string[] }> {
  const values: Record<string, Readonly<Record<string, string>>> = {};
  const notes: string[] = [];
  for (const reference of [...(spec.postBuild?.substituteFrom ?? []), ...(spec.valuesFrom ?? [])]) {
    const kind = reference.kind === 'Secret' ? 'Secret' : 'ConfigMap';
    const { name = '' } = reference;
    const written = await configObject({ kind, name }, found, planning);
    const isEncrypted = written !== undefined && [...valuesOf(written.document).values()].some((value) => value.kind === 'encrypted');
    if (written && !isEncrypted) continue;
    const { namespace } = found.pipeline;
    const object = await readIfAllowed<ConfigData>(cluster, { group: '', kind, namespace, name }, signal);
    if (!object) continue;
    const decode = (text: string): string => (kind === 'Secret' ? Buffer.from(text, 'base64').toString() : text);
    values[name] = Object.fromEntries(Object.entries(object.data ?? {}).map(([key, text]) => [key, decode(text)]));
    notes.push(`${kind} ${name} is ${isEncrypted ? 'encrypted' : 'not'} in this repository: its values are those in the cluster.`);
  }
  return { values, notes };
}

interface ConfigData extends LiveObject {
  readonly data?: Readonly<Record<string, string>>;
}

async function readIfAllowed<Kind extends LiveObject>(
  cluster: Cluster,
  name: Parameters<typeof readObject>[1],
  signal: AbortSignal,
): Promise<Kind | undefined> {
  try {
    return await readObject<Kind>(cluster, name, signal);
  } catch (error) {
    if (error instanceof ClusterError && (error.kind === 'notFound' || error.kind === 'forbidden')) return undefined;
    throw error;
  }
}

function specOf(text: string): Naming {
  try {
    return (parse(text) as { readonly spec?: Naming } | null)?.spec ?? {};
  } catch {
    return {}; // the planner says what is wrong with it
  }
}
