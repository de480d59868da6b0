import type { FluxDetails } from '../engine/flux.ts';
import type { ObjectPipeline } from '../model/pipeline.ts';
import type { Severity } from '../rules/rule.ts';
import type { View } from '../model/view.ts';
import { type FindingIn, renderCode } from './render-findings.ts';
import { fieldPlace, objectPlace } from './object-place.ts';

/**
 * What must be known of a Flux Kustomization that renders: Secrets that the controller would refuse, and variables that nothing gives a
 * value.
 *
 * @param yaml What it renders to.
 */
export function fluxFindings(view: View, pipeline: ObjectPipeline, details: FluxDetails, yaml: string): FindingIn[] {
  return [...refusedSecrets(view, pipeline, details), ...unsetVariables(view, pipeline, details, yaml)];
}

// kustomize-controller v1.9.5 ends with such an error before it applies anything.
function refusedSecrets(view: View, pipeline: ObjectPipeline, { encrypted }: FluxDetails): FindingIn[] {
  const refused = encrypted.filter(({ decrypted }) => !decrypted).map(({ resource }) => resource);
  if (refused.length === 0) return [];
  const message = `${refused.join(', ')}: encrypted with SOPS, and kustomize-controller does not apply what is encrypted. Say in \`spec.decryption\` how it is decrypted.`;
  return told(objectPlace(view, pipeline), 'warning', message);
}

function unsetVariables(view: View, pipeline: ObjectPipeline, { substituted }: FluxDetails, yaml: string): FindingIn[] {
  const unset = substituted.filter(({ set }) => !set).map(({ name }) => name);
  const open = unset.filter((name) => yaml.includes(`\${${name}}`));
  const empty = unset.filter((name) => !open.includes(name));
  const messages = [
    ...(open.length > 0 ? [`Left open, because not all that gives variables is known here: ${open.join(', ')}.`] : []),
    ...(empty.length > 0 ? [`Nothing gives a value to ${empty.join(', ')}: the default counts where there is one, else it is empty.`] : []),
  ];
  return messages.flatMap((message) => told(fieldPlace(view, pipeline, 'spec.postBuild'), 'information', message));
}

function told(place: ReturnType<typeof objectPlace>, severity: Severity, message: string): FindingIn[] {
  return place ? [{ path: place.path, finding: { code: renderCode, severity, message, range: place.range } }] : [];
}
