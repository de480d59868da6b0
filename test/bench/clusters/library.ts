// The peer: the informer of @kubernetes/client-node, which keeps objects as they come.
import { CustomObjectsApi, KubeConfig, type KubernetesListObject, type KubernetesObject, makeInformer } from '@kubernetes/client-node';
import { changesArrive } from './changes.ts';
import { heapInUse, print } from './memory.ts';
import { longestPause } from './pauses.ts';

const config = new KubeConfig();
config.loadFromFile(process.argv[2] ?? '');
const applications = Number(process.argv[3]);
const api = config.makeApiClient(CustomObjectsApi);
const place = { group: 'argoproj.io', version: 'v1alpha1', plural: 'applications' };
const list = (): Promise<KubernetesListObject<KubernetesObject>> => api.listClusterCustomObject(place) as never;
const informer = makeInformer<KubernetesObject>(config, '/apis/argoproj.io/v1alpha1/applications', list);

const before = heapInUse();
const longest = longestPause();
const began = performance.now();
await informer.start();
if (informer.list().length !== applications) throw new Error(`The informer knows ${informer.list().length} Applications.`);
print('until all Applications are known', performance.now() - began, 'ms');
print('longest time that nothing else ran meanwhile', longest(), 'ms');
print('heap for them', heapInUse() - before, 'MB');

let told: (() => void) | undefined;
informer.on('update', () => told?.());
print('a change, from the request to the client', await changesArrive((tell) => (told = tell)), 'ms');
await informer.stop();
process.disconnect();
