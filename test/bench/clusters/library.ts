// The peer: @kubernetes/client-node's own list, kept as it comes.
import { CustomObjectsApi, KubeConfig } from '@kubernetes/client-node';
import { heapInUse, print } from './memory.ts';

const config = new KubeConfig();
config.loadFromFile(process.argv[2] ?? '');
const api = config.makeApiClient(CustomObjectsApi);
const before = heapInUse();
const began = performance.now();
const list = (await api.listClusterCustomObject({ group: 'argoproj.io', version: 'v1alpha1', plural: 'applications' })) as {
  readonly items: readonly unknown[];
};
print(`the library's list of ${list.items.length}`, performance.now() - began, 'ms');
print('heap for it', heapInUse() - before, 'MB');
process.disconnect();
