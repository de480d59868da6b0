// Follows the objects of a kind.
import { KubeConfig, type KubernetesListObject, type KubernetesObject as ClientObject, makeInformer } from '@kubernetes/client-node';
import type { Api, KubernetesObject } from './api.ts';

/** Milliseconds after which a watch that broke is started again. */
const reconnect = 500;

/** Calls `changed` with every object below an API path, and again whenever it changes, until the result goes out of scope. */
export function watchObjects(api: Api, kubeconfig: string, path: string, changed: (object: KubernetesObject) => void): AsyncDisposable {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const list = async (): Promise<KubernetesListObject<ClientObject>> => {
    const { status, body } = await api.request('GET', path);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body as KubernetesListObject<ClientObject>;
  };
  const informer = makeInformer<ClientObject>(config, path, list);
  for (const event of ['add', 'update'] as const) informer.on(event, (object) => changed(object as unknown as KubernetesObject)); // it is JSON as it came
  let stopped = false;
  const start = (): void => {
    if (!stopped) informer.start().catch(again);
  };
  const again = (): void => void setTimeout(start, reconnect).unref();
  informer.on('error', again);
  start();
  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      await informer.stop();
    },
  };
}
