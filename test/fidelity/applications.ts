// Applications with what their controller knows, and what the engine and Argo CD make of them.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, parseAllDocuments, stringify } from 'yaml';
import type { ApplicationDetails, ApplicationRequest } from '../../server/src/engine/application.ts';
import type { Engine } from '../../server/src/engine/engine.ts';
import { askArgocd } from './argocd.ts';

/** An Application, as far as tests look into it. */
export interface Application {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: { readonly source?: ApplicationSource; readonly sources?: readonly ApplicationSource[] };
}

interface ApplicationSource {
  readonly repoURL: string;
  readonly chart?: string;
}

/** What comes of an Application: its manifests, or why there are none. */
interface Generated {
  readonly types: readonly string[];
  readonly manifests: readonly unknown[];
  readonly error: string | undefined;
}

/** What argocd-oracle answers for one. */
interface Answer {
  readonly sources: readonly { readonly type: string; readonly manifests: readonly unknown[] }[] | null;
  readonly error?: string;
}

/** Finds the folder that holds a source's repository or unpacked chart; undefined when it is not here. */
export type FindRoot = (source: ApplicationSource) => string | undefined;

/** The Applications in the YAML files of a folder. */
export async function applicationsIn(folder: string): Promise<Application[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.ya?ml$/.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  const documents = texts.flatMap((text): Document[] => [...parseAllDocuments(text)]);
  const found = documents.filter(
    (document) => document.errors.length === 0 && isMap(document.contents) && document.get('kind') === 'Application',
  );
  return found.map((document) => document.toJS() as Application);
}

/** What the engine is asked for an Application; `changes` are what differs from a cluster that nothing is known of. */
export function requestFor(application: Application, find: FindRoot, changes: Partial<ApplicationRequest> = {}): ApplicationRequest {
  const { source, sources = source ? [source] : [] } = application.spec;
  return {
    object: stringify(application),
    sources: sources.map((each) => ({ root: find(each) ?? '', revision: '5c81f02a6d9e4b7f8c3d2e1f0a9b8c7d6e5f4a3b' })),
    controllerNamespace: 'argocd',
    kubeVersion: '',
    apiVersions: [],
    loadRestrictor: 'LoadRestrictionsRootOnly',
    tracking: { method: 'none', label: 'app.kubernetes.io/instance', installationID: '' },
    ...changes,
  };
}

/** Asks Argo CD's own code for each request. */
export async function argocdManifests(requests: readonly ApplicationRequest[]): Promise<Generated[]> {
  const answers = await askArgocd<Answer[]>('manifests', requests.map(asGiven));
  return answers.map(({ sources, error }) => ({
    types: (sources ?? []).map(({ type }) => type),
    // Argo CD overlooks a `null` when it goes on with them.
    manifests: (sources ?? []).flatMap(({ manifests }) => manifests).filter((manifest) => manifest !== null),
    error,
  }));
}

function asGiven({ tracking, sources, loadRestrictor, enableHelm = false, ...given }: ApplicationRequest): unknown {
  return {
    ...given,
    roots: sources.map(({ root }) => root),
    revision: sources[0]?.revision ?? '',
    buildOptions: `--load-restrictor ${loadRestrictor}${enableHelm ? ' --enable-helm' : ''}`,
    trackingMethod: tracking.method === 'none' ? '' : tracking.method,
    trackingLabel: tracking.label,
    installationID: tracking.installationID,
  };
}

/** Asks the engine. */
export async function engineManifests(engine: Engine, request: ApplicationRequest): Promise<Generated> {
  const outcome = await engine.render({ op: 'application', render: request }, new AbortController().signal);
  switch (outcome.kind) {
    case 'rendered': {
      const documents: readonly Document[] = parseAllDocuments(outcome.yaml);
      const manifests = documents.map((document): unknown => document.toJS());
      return { types: (outcome.details as ApplicationDetails).sources.map(({ type }) => type), manifests, error: undefined };
    }
    case 'failed':
    case 'broken':
      return { types: [], manifests: [], error: outcome.message };
    case 'cancelled':
      throw new Error('Nobody cancelled this render.');
  }
}

/** The difference between two results, for people; undefined when there is none. Our error must stand in theirs, word by word. */
export function differenceOf(ours: Generated, theirs: Generated): string | undefined {
  const sameError = ours.error === undefined ? theirs.error === undefined : steady(theirs.error ?? '').includes(ownWords(ours.error));
  if (sameError && isDeepStrictEqual(ours.types, theirs.types) && isDeepStrictEqual(ours.manifests, theirs.manifests)) return undefined;
  return `--- engine\n${show(ours)}\n--- Argo CD\n${show(theirs)}`;
}

/** An error without what the engine says where Argo CD has a command line. */
function ownWords(error: string): string {
  const words = error.replace(/^failed to generate manifest for source \d of \d: /, '').replace(/^kustomize edit .*?: /, '');
  return words.replace(/"\/[^"]*\/([^"/]+)"/g, '"$1"').trim(); // files are named in full, not by their names alone
}

/** An error with a name for the file that Argo CD writes a source's values to. */
function steady(error: string): string {
  return error.replace(/failed to parse \/\S*\/[0-9a-f-]{36}:/, "failed to parse the source's values:");
}

function show({ types, manifests, error }: Generated): string {
  return error ?? `${types.join(', ')}\n${manifests.map((manifest) => JSON.stringify(manifest)).join('\n')}`;
}
