// What a dialect may use when it plans how an object is rendered.
import type { ObjectName, ObjectPipeline, Pipeline } from './pipeline.ts';
import type { RegisteredClusters } from './registered-clusters.ts';
import type { Settings } from '../../../protocol/src/options.ts';
import type { SourceFile } from '../workspace/source-file.ts';
import type { View } from './view.ts';
import type { YamlDocument } from '../workspace/yaml-document.ts';

/** An object that is to be rendered. */
export interface FoundObject {
  readonly pipeline: ObjectPipeline;
  /** The object as it is written or rendered. */
  readonly document: YamlDocument;
  /** The file that it is written in, or that what rendered it begins with: relative things are meant from there. */
  readonly file: SourceFile;
}

/** What a plan is made from. */
export interface Planning {
  readonly view: View;
  readonly settings: Settings;
  /** What another pipeline renders to now; undefined when it does not render, or would need this one for it. */
  rendered(pipeline: Pipeline): Promise<string | undefined>;
  /** The clusters that an ApplicationSet's Argo CD deploys to, as far as a connected cluster tells. Contacts nothing that the user has not opened. */
  registeredClusters(set: ObjectName): Promise<RegisteredClusters>;
}

/** Where a ConfigMap or Secret was found. */
export type ConfigPlace =
  /** Written in a file; `line` is the one that its text begins at, from 1. */
  | { readonly kind: 'file'; readonly path: string; readonly line: number }
  | { readonly kind: 'rendering'; readonly pipeline: Pipeline }
  /** Given in the setting `drydock.flux.substitutions`. */
  | { readonly kind: 'settings' }
  /** Nowhere: something stands in for it. */
  | { readonly kind: 'absent' };

/** What an engine is to be asked, in the form of `Request`, and what the engine can't know. */
export interface Planned<Request> {
  readonly request: Request;
  /** What a user must know about the rendering, a line each: what had to be left open. */
  readonly notes: readonly string[];
  /** Values that come from Secrets, and are masked wherever the rendering is shown. */
  readonly secrets: readonly string[];
  /** Where the objects stand that a HelmRelease takes values from, in the order of the request; none for all else. */
  readonly configs: readonly ConfigPlace[];
}

/** Why an object can't be rendered: what is wrong and what to do about it. */
export interface Refusal {
  readonly refused: string;
}
