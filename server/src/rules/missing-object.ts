import { type Problem, problemAt } from './rule.ts';
import type { ObjectIn } from '../model/graph.ts';
import type { ObjectName } from '../model/pipeline.ts';
import type { Reference } from '../model/reference.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { View } from '../model/view.ts';
import { didYouMean } from '../workspace/did-you-mean.ts';
import { kindOf } from '../model/object.ts';
import { nameChanges } from '../model/name-changes.ts';
import { objectTarget, objectsOfKind } from '../model/object-target.ts';

/** What is wrong where a reference of a Flux object names an object that can't be any of this workspace; none for other references. */
export function missingObject(view: View, file: SourceFile, reference: Reference): Problem[] {
  const { target } = reference;
  if (target.kind !== 'object' || objectTarget(view.graph, file, target) || isMadeElsewhere(view, target)) return [];
  const { all } = objectsOfKind(view.graph, target.group, target.objectKind);
  const namespaceIsKnown = !nameChanges(view, file.path).namespaces;
  if (all.some((each) => mayBe(view, each, target, namespaceIsKnown))) return [];
  const isLocal = kindOf(reference.placed, file.path)?.kind === 'HelmChart';
  return [problemAt(file, reference, messageFor(target, all, isLocal))];
}

// `flux bootstrap` and the Flux Operator make the first source and the first Kustomization, named as their namespace. A ResourceSet of the
// Flux Operator makes whatever it likes.
function isMadeElsewhere({ graph }: View, { namespace, name }: ObjectName): boolean {
  const isBootstrap = name === namespace || (namespace === '' && name === 'flux-system');
  return isBootstrap || graph.objects((group, kind) => group === 'fluxcd.controlplane.io' && kind === 'ResourceSet').length > 0;
}

function mayBe(view: View, { file, object }: ObjectIn, { namespace, name }: ObjectName, namespaceIsKnown: boolean): boolean {
  const changes = nameChanges(view, file.path);
  const isName = mayBecome(object.name, name) || (changes.names && name.includes(object.name));
  const isNamespace =
    !namespaceIsKnown || changes.namespaces || namespace === '' || object.namespace === '' || mayBecome(object.namespace, namespace);
  return isName && isNamespace;
}

/** Whether what is written becomes the name when Flux's variables and templates in it are filled in. */
function mayBecome(written: string, name: string): boolean {
  const parts = written.split(/\$\{.*?\}|\{\{.*?\}\}/).map((part) => part.replace(/[^\w-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

function messageFor({ objectKind, namespace, name }: ObjectName, all: readonly ObjectIn[], isLocal: boolean): string {
  const elsewhere = all.find(({ object }) => object.name === name);
  if (elsewhere) {
    const { namespace: its } = elsewhere.object;
    const advice = isLocal ? 'A HelmChart takes its source from its own namespace only.' : `Name it: \`namespace: ${its}\`.`;
    return `${objectKind} "${name}" is in namespace "${its}", not in "${namespace}". ${advice}`;
  }
  const meant = didYouMean(name, [...new Set(all.map(({ object }) => object.name))]);
  const advice = meant === undefined ? 'Declare it, unless something else brings it to the cluster.' : `Did you mean "${meant}"?`;
  return `${objectKind} "${name}" is nowhere in this workspace. ${advice}`;
}
