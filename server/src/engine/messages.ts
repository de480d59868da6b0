// The messages between host and engine. The engine's side is engine/internal/wire/messages.go, which says what the
// fields mean.
import type { ApplicationSetRequest } from './application-set.ts';
import type { BuildRequest } from './build.ts';
import type { ChartPackageRequest, ChartVersionRequest } from './chart.ts';
import type { FluxRequest } from './flux.ts';
import type { HealthRequest } from './health.ts';
import type { IgnoreRequest } from './ignore.ts';
import type { Source } from './source.ts';
import type { SyncWindowsRequest } from './sync-windows.ts';
import type { Trace } from './trace.ts';
import type { ValuesRequest } from './values.ts';

/** What is found at a path, as it is sent; a file's content is in the body. */
export type ToldState =
  | { readonly path: string; readonly kind: 'absent' }
  | { readonly path: string; readonly kind: 'file'; readonly length: number }
  | { readonly path: string; readonly kind: 'directory'; readonly entries: readonly string[] }
  | { readonly path: string; readonly kind: 'link'; readonly target: string }
  | { readonly path: string; readonly kind: 'unreadable'; readonly reason: string };

/** What can be rendered. */
export type RenderRequest =
  | { readonly op: 'build'; readonly render: BuildRequest }
  | { readonly op: 'chartVersion'; readonly render: ChartVersionRequest }
  | { readonly op: 'chartPackage'; readonly render: ChartPackageRequest }
  | { readonly op: 'flux'; readonly render: FluxRequest }
  | { readonly op: 'applicationSet'; readonly render: ApplicationSetRequest }
  | ValuesRequest
  | { readonly op: 'ignore'; readonly render: IgnoreRequest }
  | { readonly op: 'syncWindows'; readonly render: SyncWindowsRequest }
  | { readonly op: 'health'; readonly render: HealthRequest }
  | { readonly op: 'values'; readonly render: ValuesRequest };

export type ToEngine =
  | ({ readonly id: number } & RenderRequest)
  | { readonly op: 'cancel'; readonly id: number }
  | { readonly op: 'files'; readonly answers: string; readonly states: readonly ToldState[] }
  | { readonly op: 'forget'; readonly paths: readonly string[] };

export interface Result {
  readonly op: 'result';
  readonly id: number;
  readonly outcome: 'rendered' | 'failed' | 'cancelled' | 'panicked';
  readonly message?: string;
  readonly stack?: string;
  readonly reads: readonly string[] | null;
  readonly warnings: readonly string[] | null;
  readonly missing: readonly Source[] | null;
  readonly details?: unknown;
  readonly trace?: Trace;
  readonly milliseconds: number;
}

export type FromEngine = { readonly op: 'ready'; readonly kustomize: string } | { readonly op: 'need'; readonly path: string } | Result;
