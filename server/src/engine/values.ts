// What is asked of the engine for effective values: engine/internal/wire/values.go.
import type { BuildRequest } from './build.ts';
import type { ApplicationRequest } from './application.ts';
import type { HelmReleaseRequest } from './helm-release.ts';
import type { TemplateRequest } from './template.ts';

/** A request that renders charts, whose values may be wanted in place of what it renders. */
export type ValuesRequest =
  | { readonly op: 'build'; readonly render: BuildRequest }
  | { readonly op: 'template'; readonly render: TemplateRequest }
  | { readonly op: 'helmRelease'; readonly render: HelmReleaseRequest }
  | { readonly op: 'application'; readonly render: ApplicationRequest };

/** Where a value comes from. Lines are 1-based. */
export type ValueOrigin =
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  /** A file in a packaged chart; `member` is its path there, with `!/` behind each further package on the way. */
  | { readonly kind: 'package'; readonly file: string; readonly member: string; readonly line: number }
  /** A line of the text of the HelmRelease or Application. */
  | { readonly kind: 'object'; readonly line: number }
  /** A line of what the key of a HelmRelease's `objects`, counted from 1, holds; `objectLine` is the one of the object's text that has it. */
  | { readonly kind: 'reference'; readonly number: number; readonly key: string; readonly line: number; readonly objectLine?: number }
  /** A line of a template's `values`. */
  | { readonly kind: 'inline'; readonly line: number }
  /** An entry of a template's `set` or `setString`, counted from 1. */
  | { readonly kind: 'set' | 'setString'; readonly number: number };

/** A value that is no table and no list with something in it. */
export interface ValueLeaf {
  /** Keys of tables, and positions in lists. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** Null when it can't be told. */
  readonly origin: ValueOrigin | null;
  /** What stood at the same path, the last one first. */
  readonly overrode: readonly { readonly value: unknown; readonly origin: ValueOrigin }[];
}

/** Whether Helm made a value that nobody gave: every sub-chart has a table for what is global. */
export function isMadeByHelm({ path, value }: ValueLeaf): boolean {
  return path.length > 1 && path.at(-1) === 'global' && value !== null && typeof value === 'object' && Object.keys(value).length === 0;
}

/** One chart's values. */
export interface ChartValues {
  readonly name: string;
  readonly version: string;
  /** The index of the Application's source that gives the chart; 0 for all else. */
  readonly source: number;
  /** What of a kustomization asks for the chart; not given for all else, and when it can't be told. */
  readonly entry?: ValueOrigin;
  readonly leaves: readonly ValueLeaf[] | null;
}

/** What is told beside the merged values; each chart has a document of the YAML. */
export interface ValuesDetails {
  readonly charts: readonly ChartValues[];
}
