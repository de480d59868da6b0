// How each controller applies what it renders, as far as a comparison has to know.
import type { Application } from '../argocd/application.ts';
import { groupOf } from '../api-resources.ts';
import type { FluxObject } from '../flux/flux-object.ts';
import type { LiveObject } from '../live-object.ts';
import type { Comparing } from './drift.ts';
import type { FieldOwner } from './field-set.ts';
import { type JsonObject, isObject, text } from './json.ts';

/** What a comparison needs to know of a controller, but its rules of what is ignored and what follows from them. */
export type Applying = Omit<Comparing, 'ignored' | 'applied'>;

/** How the controller of an object applies these resources. `releaseNamespace` is that of a HelmRelease's release. */
export function applyingOf(owner: LiveObject, rendered: readonly JsonObject[], releaseNamespace: string): Applying {
  const made = { namespaces: new Set([...namespacesIn(rendered), ...createdNamespace(owner)]), kinds: kindsIn(rendered) };
  switch (owner.kind) {
    case 'Application':
      return {
        fieldManager: 'argocd-controller', // common.ArgoCDSSAManager, which client-side syncs apply as too
        takesOver: ({ manager, operation }) => manager === 'argocd-controller' && operation === 'Update',
        // Without it, what names none itself is an InvalidSpecError.
        defaultNamespace: (owner as Application).spec.destination.namespace ?? '',
        leftAlone: () => undefined,
        made,
      };
    case 'HelmRelease':
      return {
        fieldManager: 'helm-controller', // kube.ManagedFieldsManager, as its main.go sets it
        takesOver: ({ manager, operation }) => manager === 'helm-controller' && operation === 'Update',
        defaultNamespace: releaseNamespace,
        leftAlone: () => undefined,
        made,
      };
    default:
      return {
        fieldManager: 'kustomize-controller',
        takesOver: kustomizeTakesOver,
        defaultNamespace: (owner as FluxObject).spec?.targetNamespace ?? '',
        leftAlone: leftByKustomizations,
        made,
      };
  }
}

/** Whether a controller runs a resource at some moment of a sync instead of keeping it in the cluster. */
export function isHook(owner: LiveObject, resource: JsonObject): boolean {
  const { 'helm.sh/hook': helm, 'argocd.argoproj.io/hook': argo } = annotationsOf(resource);
  if (owner.kind === 'HelmRelease') return helm !== undefined;
  return owner.kind === 'Application' && (helm !== undefined || argo !== undefined);
}

/** Why what Git no longer has goes or stays, and what has to be known of it. */
export function pruningOf(owner: LiveObject, live: JsonObject): { readonly kind: 'prune' | 'kept'; readonly reason: string } {
  const annotations = annotationsOf(live);
  if (owner.kind === 'HelmRelease')
    return annotations['helm.sh/resource-policy'] === 'keep'
      ? { kind: 'kept', reason: 'It has helm.sh/resource-policy: keep.' }
      : { kind: 'prune', reason: '' };
  if (owner.kind === 'Application') {
    const options = text(annotations['argocd.argoproj.io/sync-options']);
    if (/(?:^|[\s,])Prune=false(?:$|[\s,])/.test(options)) return { kind: 'kept', reason: 'It has the sync option Prune=false.' };
    const extraneous = text(annotations['argocd.argoproj.io/compare-options']).includes('IgnoreExtraneous');
    const reasons = [
      ...(extraneous ? ['With the compare option IgnoreExtraneous it leaves the Application Synced.'] : []),
      ...((owner as Application).spec.syncPolicy?.automated?.prune === true ? [] : ['Only a sync with pruning removes it.']),
    ];
    return { kind: 'prune', reason: reasons.join(' ') };
  }
  if ((owner.spec as { readonly prune?: boolean } | undefined)?.prune !== true)
    return { kind: 'kept', reason: 'spec.prune of the Kustomization is not true.' };
  // kustomize-controller v1.9.5, internal/controller: the exclusions of its garbage collection.
  const marks = ['prune: disabled', 'reconcile: disabled', 'ssa: Ignore'].filter((each) => hasMark(live, each));
  return marks.length === 0
    ? { kind: 'prune', reason: '' }
    : { kind: 'kept', reason: `It has ${marks.map((each) => toolkit + each).join(', ')}.` };
}

const toolkit = 'kustomize.toolkit.fluxcd.io/';

// kustomize-controller v1.9.5, internal/controller: whose fields it takes over before it applies. Names are prefixes, as kubectl has several.
function kustomizeTakesOver({ manager, operation }: FieldOwner, live: JsonObject): boolean {
  if (hasMark(live, 'ssa: Merge')) return false;
  if (manager.startsWith('kubectl')) return true;
  return operation === 'Update' && (manager.startsWith('before-first-apply') || manager.startsWith('kustomize-controller'));
}

// fluxcd/pkg/ssa v0.76.2, manager_apply.go: what the two or either of them excludes.
function leftByKustomizations(resource: JsonObject, live: JsonObject | undefined): string | undefined {
  const excluded = ['reconcile: disabled', 'ssa: Ignore'].find((mark) => hasMark(resource, mark) || (live && hasMark(live, mark)));
  if (excluded !== undefined) return `It has ${toolkit}${excluded}.`;
  return live && hasMark(resource, 'ssa: IfNotPresent') ? `It has ${toolkit}ssa: IfNotPresent, and is there.` : undefined;
}

/** Whether a label or an annotation of Flux's says so, in any case. */
function hasMark(object: JsonObject, mark: string): boolean {
  const [key = '', value = ''] = mark.split(': ');
  return [annotationsOf(object), labelsOf(object)].some((all) => text(all[toolkit + key]).toLowerCase() === value.toLowerCase());
}

function createdNamespace({ kind, spec, metadata }: LiveObject): string[] {
  if (kind === 'Application') {
    const { destination, syncPolicy } = spec as Application['spec'];
    return syncPolicy?.syncOptions?.includes('CreateNamespace=true') ? [destination.namespace ?? ''] : [];
  }
  const { targetNamespace, install } = (spec ?? {}) as {
    readonly targetNamespace?: string;
    readonly install?: { readonly createNamespace?: boolean };
  };
  return kind === 'HelmRelease' && install?.createNamespace === true ? [targetNamespace ?? metadata.namespace ?? ''] : [];
}

function namespacesIn(rendered: readonly JsonObject[]): string[] {
  return rendered.flatMap(({ apiVersion, kind, metadata }) =>
    apiVersion === 'v1' && kind === 'Namespace' && isObject(metadata) ? [text(metadata['name'])] : [],
  );
}

function kindsIn(rendered: readonly JsonObject[]): Set<string> {
  const definitions = rendered.filter(
    ({ kind, apiVersion }) => kind === 'CustomResourceDefinition' && groupOf(text(apiVersion)) === 'apiextensions.k8s.io',
  );
  return new Set(
    definitions.flatMap(({ spec }) => {
      const names = isObject(spec) ? spec['names'] : undefined;
      return isObject(spec) && isObject(names) ? [`${text(spec['group'])}/${text(names['kind'])}`] : [];
    }),
  );
}

function annotationsOf({ metadata }: JsonObject): JsonObject {
  const annotations = isObject(metadata) ? metadata['annotations'] : undefined;
  return isObject(annotations) ? annotations : {};
}

function labelsOf({ metadata }: JsonObject): JsonObject {
  const labels = isObject(metadata) ? metadata['labels'] : undefined;
  return isObject(labels) ? labels : {};
}
