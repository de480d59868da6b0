// What an ApplicationSet generates, for people.
import type { GeneratedApplication } from '../../../protocol/src/messages.ts';
import type { GeneratedApplications } from '../engine/application-set.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { previewUri } from '../model/preview-uri.ts';

/** Where the clusters come from that an ApplicationSet asks for, in a few words; empty when it asks for none, or nobody knows. */
export function clustersInBrief({ clustersFrom }: GeneratedApplications): string {
  return clustersFrom === undefined ? '' : `clusters: ${clustersFrom}`;
}

/** What an ApplicationSet generates, each Application with the preview of what it deploys, and what kept others from being generated. */
export function generatedBy(
  set: Pipeline,
  generated: GeneratedApplications,
): { readonly applications: readonly GeneratedApplication[]; readonly clusters: string; readonly errors: readonly string[] } {
  const { applications, errors, controllerError } = generated;
  return {
    clusters: clustersInBrief(generated),
    applications: applications.map(({ name, namespace, generator, params, step, error }) => ({
      name: name || '(no name)',
      parameters: params ? inOneLine(params) : generator,
      step: step === undefined ? '' : `step ${step}`,
      ...(error === undefined ? {} : { error }),
      preview:
        error !== undefined
          ? ''
          : previewUri({ kind: 'object', group: 'argoproj.io', objectKind: 'Application', namespace, name, within: set }),
    })),
    errors: [...(controllerError === '' ? [] : [controllerError]), ...errors.map(({ path, message }) => `${path}: ${message}`)],
  };
}

function inOneLine(params: Readonly<Record<string, unknown>>): string {
  // What is told first is what there is room for.
  return Object.entries(params)
    .sort(([, a], [, b]) => Number(typeof a === 'object') - Number(typeof b === 'object'))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}
