// Logs: of a workload's pods, and what a controller wrote about an object.
import type { Cluster } from './cluster.ts';
import { ActionRefused } from './actions/action.ts';
import { ClusterError } from './cluster-error.ts';
import { type Pod, listPods, podsOf } from './pods.ts';
import type { ObjectName } from './tree/row.ts';

/** Takes lines as they come. */
export type TakeLine = (line: string) => void;

// Lines of the past that are shown first, of each container.
const tail = '200';
// Of a controller's log, which tells of all objects, more have to be looked through.
const controllerTail = '5000';

/**
 * Follows the logs of all pods of a workload until `signal` ends it, or all containers have ended. Pods that come later are not followed.
 *
 * @throws ActionRefused when it has no pods; ClusterError; the reason of `signal`.
 */
export async function followLogs(cluster: Cluster, name: ObjectName, take: TakeLine, signal: AbortSignal): Promise<void> {
  const pods = await podsOf(cluster, name, signal);
  if (pods.length === 0) throw new ActionRefused(`${name.kind} ${name.name} has no pods, and so no logs.`);
  await followAll(cluster, pods, tail, (prefix, line) => take(`${prefix}: ${line}`), signal);
}

/** Where a tool's controllers run, by the kind of object that they reconcile (labels of the tools' own installations). */
const controllers: Readonly<Record<string, string>> = {
  Application: 'app.kubernetes.io/name=argocd-application-controller',
  ApplicationSet: 'app.kubernetes.io/name=argocd-applicationset-controller',
  Kustomization: 'app=kustomize-controller',
  HelmRelease: 'app=helm-controller',
  GitRepository: 'app=source-controller',
  OCIRepository: 'app=source-controller',
  HelmRepository: 'app=source-controller',
  HelmChart: 'app=source-controller',
  Bucket: 'app=source-controller',
  ArtifactGenerator: 'app=source-watcher',
  ExternalArtifact: 'app=source-watcher',
  ImageRepository: 'app=image-reflector-controller',
  ImagePolicy: 'app=image-reflector-controller',
  ImageUpdateAutomation: 'app=image-automation-controller',
  Alert: 'app=notification-controller',
  Receiver: 'app=notification-controller',
};
const fluxNamespace = 'flux-system';

/**
 * Follows what the controller of an object writes about it.
 *
 * @throws ActionRefused when its controller is not to be found; ClusterError; the reason of `signal`.
 */
export async function followControllerLogs(cluster: Cluster, name: ObjectName, take: TakeLine, signal: AbortSignal): Promise<void> {
  const selector = controllers[name.kind];
  if (selector === undefined) throw new ActionRefused(`No controller is known that reconciles ${name.kind}.`);
  // Argo CD is where its objects are, unless it looks into other namespaces too.
  const namespaces = selector.includes('argocd') ? [...new Set([name.namespace, 'argocd'])] : [fluxNamespace];
  const found = await Promise.all(namespaces.map((namespace) => listPods(cluster, namespace, selector, signal)));
  const pods = found.flat();
  if (pods.length === 0)
    throw new ActionRefused(
      `No pod with the label ${selector} is in ${namespaces.join(' or ')}: the controller of ${name.kind} is installed elsewhere.`,
    );
  const isAbout = aboutObject(name);
  await followAll(cluster, pods, controllerTail, (_, line) => isAbout(line) && take(line), signal);
}

/** Tells whether a line of a controller's log is about an object: Flux and Argo CD write JSON or `key=value`, with its name and namespace. */
export function aboutObject(object: ObjectName): (line: string) => boolean {
  const { kind, namespace, name } = object;
  if (kind === 'Application') return aboutApplication(object);
  const wanted = kind === 'ApplicationSet' ? [name] : [kind, namespace, name];
  return (line) => {
    const words = new Set(line.split(/[^\w.-]+/));
    return wanted.every((each) => words.has(each));
  };
}

// Projects, namespaces that are deployed to and whatever else a line tells may be called as the Application is.
function aboutApplication({ namespace, name }: ObjectName): (line: string) => boolean {
  return (line) => {
    const [, qualifier, found] = /\bapplication"?[:=] ?"?(?:([\w.-]+)\/)?([\w.-]+)/.exec(line) ?? [];
    const [, beside] = /\bapp-namespace"?[:=] ?"?([\w.-]+)/.exec(line) ?? [];
    return found === name && [qualifier, beside].every((each) => each === undefined || each === namespace);
  };
}

async function followAll(
  cluster: Cluster,
  pods: readonly Pod[],
  tailLines: string,
  take: (prefix: string, line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const containers = pods.flatMap((pod) => (pod.spec?.containers ?? []).map(({ name }) => ({ pod, container: name })));
  await Promise.all(
    containers.map(async ({ pod: { metadata, status }, container }) => {
      const prefix = `${metadata.name}/${container}`;
      const path = `/api/v1/namespaces/${metadata.namespace ?? ''}/pods/${metadata.name}/log`;
      const query = { container, follow: 'true', tailLines, timestamps: 'true' };
      let isEmpty = true;
      try {
        for await (const line of await cluster.connection.lines({ method: 'GET', path, query }, signal)) {
          isEmpty = false;
          take(prefix, line);
        }
        // Of a pod that no node has, the server gives an empty log and no reason.
        if (isEmpty) take(prefix, `there is no log; the pod is ${status?.phase ?? 'new'}.`);
      } catch (error) {
        signal.throwIfAborted();
        // One container that has not started, or is on a node that is away, must not hide the others.
        if (!(error instanceof ClusterError)) throw error;
        take(prefix, error.message);
      }
    }),
  );
}
