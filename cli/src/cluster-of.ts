// The clusters that a command is about.
import type { Cluster } from '../../server/src/cluster/cluster.ts';
import { Clusters } from '../../server/src/cluster/clusters.ts';
import { argocdContextName } from '../../server/src/cluster/argocd-server/argocd-server.ts';
import { OutputError } from './output.ts';
import { UsageError } from './usage-error.ts';
import { type UserSettings, userSettings } from './user-settings.ts';

/** Options of every command that asks clusters, named as kubectl names them. */
export const contextOptions = {
  context: { type: 'string', multiple: true },
  'all-contexts': { type: 'boolean', default: false },
  kubeconfig: { type: 'string' },
  argocd: { type: 'string' },
} as const;

/** Values of {@link contextOptions}. */
export interface ContextValues {
  readonly context?: string[];
  readonly 'all-contexts': boolean;
  readonly kubeconfig?: string;
  readonly argocd?: string;
}

/** The clusters that are meant, none of which has been asked anything yet, and what the user's settings say. */
export interface ChosenClusters {
  readonly clusters: readonly Cluster[];
  readonly settings: UserSettings;
}

/**
 * The clusters of the contexts named, of all contexts, or of the current one. Contexts that the user's settings hide are none.
 *
 * @throws OutputError when there is none, in a sentence.
 */
export async function chosenClusters({ context, kubeconfig, argocd, 'all-contexts': all }: ContextValues): Promise<ChosenClusters> {
  if (all && context) throw new UsageError('--all-contexts and --context exclude each other');
  if (argocd !== undefined && (all || context)) throw new UsageError('--argocd stands in the place of a context');
  const settings = await userSettings();
  const known = new Clusters(
    {
      kubeconfig: () => (kubeconfig === undefined ? [] : [kubeconfig]),
      argocd: () => (argocd === undefined ? undefined : { server: argocd, token: '' }),
      hidden: () => settings.cluster.hiddenContexts,
      timeout: () => settings.cluster.timeout,
    },
    {
      changed: () => undefined,
      failed(_, error) {
        throw error;
      },
    },
  );
  const { contexts, current, problems } = await known.contexts();
  for (const problem of problems) complain(problem);
  const names = contexts.map(({ name }) => name).join(', ');
  const there = names === '' ? 'no kubeconfig file has one' : `there are ${names}`;
  const chosen = argocd === undefined ? current : argocdContextName(argocd);
  if (!context && !all && chosen === '') throw new OutputError(`no context is chosen: name one with --context (${there})`);
  if (all && contexts.length === 0) throw new OutputError('no kubeconfig file has a context');
  const wanted = all ? contexts.map(({ name }) => name) : [...new Set(context ?? [chosen])];
  const clusters = wanted.map((name) => {
    const found = contexts.find((each) => each.name === name);
    if (!found) throw new OutputError(`there is no context "${name}": ${there}`);
    return known.of(found);
  });
  return { clusters, settings };
}

/** Tells on standard error what is not as it should be. */
export function complain(sentence: string): void {
  process.stderr.write(`drydock: ${sentence}\n`);
}
