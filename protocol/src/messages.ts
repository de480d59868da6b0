// The messages between client and server beyond LSP itself. Pure descriptions: both sides import this file,
// so a changed message does not compile until both have followed.
import type { Range } from './range.ts';

/** A request from client to server, with the types of its parameters and result. */
export interface Request<Params, Result> {
  readonly method: string;
  /** Never present at run time; carries the types. */
  readonly types?: (params: Params) => Result;
}

/** A notification, with the type of its parameters. */
export interface Notification<Params> {
  readonly method: string;
  /** Never present at run time; carries the type. */
  readonly types?: (params: Params) => void;
}

/** One thing that can be rendered: a kustomization, a chart, or an object that a controller renders. */
export interface Pipeline {
  /** URI of its preview. */
  readonly preview: string;
  /** For people: the folder from its workspace folder on; of an object its kind and name too. */
  readonly label: string;
  /** Whether a chart's values are merged for it, which its preview with the fragment `values` shows. */
  readonly hasValues: boolean;
}

/** What a file takes part in: what it declares itself first, the nearest next. */
export const pipelinesOf: Request<{ readonly uri: string }, readonly Pipeline[]> = { method: 'drydock/pipelinesOf' };

/** An Application that an ApplicationSet generates. */
export interface GeneratedApplication {
  readonly name: string;
  /** What it was generated from, in one line. */
  readonly parameters: string;
  /** The step of a progressive sync that it belongs to; empty for none. */
  readonly step: string;
  /** Why Argo CD would refuse it. */
  readonly error?: string;
  /** URI of the preview of what it deploys; empty when it is refused. */
  readonly preview: string;
}

/** What the ApplicationSet with this preview generates, and what it could not generate; null when it does not render. */
export const applicationsOf: Request<
  { readonly preview: string },
  {
    readonly applications: readonly GeneratedApplication[];
    /** Where the clusters come from that were asked for: `clusters: fixture`; empty for none. */
    readonly clusters: string;
    readonly errors: readonly string[];
  } | null
> = { method: 'drydock/applicationsOf' };

/** How a rendered preview stands. */
export type PreviewState = PreviewFacts &
  (
    | { readonly kind: 'current'; readonly milliseconds: number }
    /** The source is broken: the text is the last good rendering. */
    | { readonly kind: 'stale'; readonly message: string }
    /** The source is broken and there never was a good rendering. */
    | { readonly kind: 'failed'; readonly message: string }
  );

/** What is told of a rendered preview however it stands. */
export interface PreviewFacts {
  /** How many resources the rendering has. */
  readonly resources: number;
  /** How many of them the filter leaves. */
  readonly shown: number;
  /** Empty when everything is shown. */
  readonly filter: string;
  /** What the tool warns of. */
  readonly warnings: readonly string[];
  /** The state of the sources, for people: `main at 1a2b3c4 with unsaved changes`; empty when there is nothing to say. */
  readonly revision: string;
}

/** Server to client: the preview at `uri` (scheme `drydock-rendered`) was rendered again, or could not be, or has another filter. */
export const previewChanged: Notification<{ readonly uri: string; readonly state: PreviewState }> = { method: 'drydock/previewChanged' };

/**
 * Fetch what renderings have elsewhere and there is no copy of: those that the file takes part in, or, without one, all. The user has
 * asked for it. Cancelling the request ends it.
 */
export const fetchSources: Request<{ readonly uri?: string }, FetchReport> = { method: 'drydock/fetchSources' };

/** How much room the copies of all that was fetched take, in bytes. */
export const sizeOfSources: Request<null, number> = { method: 'drydock/sizeOfSources' };

/** Removes the copies of all that was fetched. */
export const clearSources: Request<null, null> = { method: 'drydock/clearSources' };

/** What came of a fetch, in sentences for people. */
export interface FetchReport {
  readonly fetched: readonly string[];
  readonly failures: readonly string[];
}

/** Server to client: a source was fetched. */
export const sourceFetched: Notification<{ readonly label: string }> = { method: 'drydock/sourceFetched' };

/**
 * Shows only the resources of a preview that match, until it is closed. Patterns, of which one must match, have spaces or commas between them:
 * `Deployment` (a kind, or a part of a name), `Deployment/shop`, `namespace/Deployment/shop`; `*` stands for any text. Empty shows all.
 */
export const setFilter: Request<{ readonly uri: string; readonly filter: string }, null> = { method: 'drydock/setFilter' };

/** A resource of a rendering. */
export interface RenderedResource {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** All resources of what was rendered last for a preview, whatever its filter is. */
export const renderedResources: Request<{ readonly uri: string }, readonly RenderedResource[]> = { method: 'drydock/renderedResources' };

/** Manifests as the tool prints them. */
export interface RenderedYaml {
  readonly yaml: string;
  /** Whether there are secret values in it, or were before they were masked. */
  readonly hasSecrets: boolean;
}

/** What a preview shows, without its heading; null while nothing was rendered. */
export const renderedYaml: Request<{ readonly uri: string; readonly secrets: 'masked' | 'plain' }, RenderedYaml | null> = {
  method: 'drydock/renderedYaml',
};

/** A row in the tree of the repository's GitOps objects. */
export interface ObjectNode {
  /** Unique in the tree and stable while the object keeps its identity. */
  readonly id: string;
  readonly label: string;
  /** Dimmed text beside the label: where it is written. */
  readonly description: string;
  /** Kubernetes kind (`Application`), `group` for a heading, or what a kustomize folder is: `overlay` or `component`. */
  readonly kind: string;
  /** Where it is written; headings have none. */
  readonly location?: { readonly uri: string; readonly range: Range };
  /** URI of the preview of what it renders to, whose rows {@link renderedObjects} gives; headings and what renders nothing have none. */
  readonly preview?: string;
  /** Errors and warnings found in it or its children. */
  readonly problems: number;
  readonly children: readonly ObjectNode[];
}

/** What the preview's pipeline renders now, as rows below its own; or one row that says why it does not render. */
export const renderedObjects: Request<{ readonly preview: string }, readonly ObjectNode[]> = { method: 'drydock/renderedObjects' };

/** The whole tree of GitOps objects in the workspace. */
export const objects: Request<null, readonly ObjectNode[]> = { method: 'drydock/objects' };

/** Server to client: ask for {@link objects} again. */
export const objectsChanged: Notification<null> = { method: 'drydock/objectsChanged' };

/** Server to client: files that were left out of the workspace, said once each. */
export const filesSkipped: Notification<{ readonly files: readonly { readonly uri: string; readonly reason: string }[] }> = {
  method: 'drydock/filesSkipped',
};
