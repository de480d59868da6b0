// The kinds that are watched: what Argo CD and Flux deliver with.

/** Which of the two tools a kind belongs to. */
export type Tool = 'argocd' | 'flux';

/** A kind that is watched. */
export interface WatchedKind {
  readonly tool: Tool;
  readonly group: string;
  readonly kind: string;
  /** Heading of its objects in the tree. */
  readonly heading: string;
}

const argoproj = 'argoproj.io';
const toolkit = (name: string): string => `${name}.toolkit.fluxcd.io`;

/** All kinds that are watched, in the order of the tree. */
export const watchedKinds: readonly WatchedKind[] = [
  { tool: 'argocd', group: argoproj, kind: 'Application', heading: 'Applications' },
  { tool: 'argocd', group: argoproj, kind: 'ApplicationSet', heading: 'ApplicationSets' },
  { tool: 'argocd', group: argoproj, kind: 'AppProject', heading: 'Projects' },
  { tool: 'flux', group: toolkit('kustomize'), kind: 'Kustomization', heading: 'Kustomizations' },
  { tool: 'flux', group: toolkit('helm'), kind: 'HelmRelease', heading: 'HelmReleases' },
  { tool: 'flux', group: toolkit('source'), kind: 'GitRepository', heading: 'Sources' },
  { tool: 'flux', group: toolkit('source'), kind: 'OCIRepository', heading: 'Sources' },
  { tool: 'flux', group: toolkit('source'), kind: 'HelmRepository', heading: 'Sources' },
  { tool: 'flux', group: toolkit('source'), kind: 'HelmChart', heading: 'Sources' },
  { tool: 'flux', group: toolkit('source'), kind: 'Bucket', heading: 'Sources' },
  { tool: 'flux', group: toolkit('source'), kind: 'ExternalArtifact', heading: 'Sources' },
  { tool: 'flux', group: 'source.extensions.fluxcd.io', kind: 'ArtifactGenerator', heading: 'Sources' },
  { tool: 'flux', group: toolkit('image'), kind: 'ImageRepository', heading: 'Image Automation' },
  { tool: 'flux', group: toolkit('image'), kind: 'ImagePolicy', heading: 'Image Automation' },
  { tool: 'flux', group: toolkit('image'), kind: 'ImageUpdateAutomation', heading: 'Image Automation' },
  { tool: 'flux', group: toolkit('notification'), kind: 'Alert', heading: 'Notifications' },
  { tool: 'flux', group: toolkit('notification'), kind: 'Provider', heading: 'Notifications' },
  { tool: 'flux', group: toolkit('notification'), kind: 'Receiver', heading: 'Notifications' },
];

/** The kinds of one of the tools. */
export function kindsOfTool(tool: Tool): readonly WatchedKind[] {
  return watchedKinds.filter((kind) => kind.tool === tool);
}

/** The watched kind of that name and API group; undefined when it is not one. */
export function watchedKind(group: string, kind: string): WatchedKind | undefined {
  return byName.get(`${group}/${kind}`);
}

/** Those whose objects put resources into a cluster and are synced. */
export const deployingKinds: ReadonlySet<string> = new Set(['Application', 'Kustomization', 'HelmRelease']);

/** Those that can be compared with what is rendered here. */
export const comparedKinds: ReadonlySet<string> = new Set([...deployingKinds, 'ApplicationSet']);

const byName = new Map(watchedKinds.map((each) => [`${each.group}/${each.kind}`, each]));
