// What is asked of Flux's kustomize-controller.
import type { FluxSource } from './flux-source.ts';
import type { ObjectFile } from './object-file.ts';

/** What to render a Flux Kustomization with, and its source: `spec.path` is relative to the top folder of that. */
export interface FluxRequest extends FluxSource {
  /** The Kustomization, as YAML or JSON. */
  readonly object: string;
  /** The variables that `spec.postBuild.substituteFrom` amounts to, later ones over earlier ones. */
  readonly substitutions: Readonly<Record<string, string>>;
  /** Whether a variable without a value is an error, as with the controller's feature gate `StrictPostBuildSubstitutions`. */
  readonly strict: boolean;
  /** Leaves variables without a value open, as `${NAME}`, also where they have a default: something that may give them is not known. */
  readonly keepUnknown: boolean;
  /** Whether to add the labels by which the controller knows what it applied. */
  readonly ownerLabels: boolean;
  /** Whether to tell where each field comes from. */
  readonly trace?: boolean;
  /** Where the object's text stands, so that what comes from the object can be told; left out when it stands in no file as it is given. */
  readonly objectFile?: ObjectFile;
}

/**
 * What comes of a Flux Kustomization beside the YAML; beside an error, as far as it was made. Resources are named
 * kind/namespace/name, or kind/name.
 */
export interface FluxDetails {
  /** Path of the file that was built: the folder's own, or the one that was generated; empty when it did not come to that. */
  readonly kustomization: string;
  readonly generated: boolean;
  /** The variables found in resources, by name. */
  readonly substituted: readonly { readonly name: string; readonly set: boolean; readonly where: readonly string[] }[];
  /** What SOPS encrypted: whole resources, or some keys of their data. `decrypted`: what the controller applies differs from the rendering. */
  readonly encrypted: readonly { readonly resource: string; readonly keys: readonly string[]; readonly decrypted: boolean }[];
  /** Where substitution failed; `variable` is empty when none is at fault. */
  readonly problem?: { readonly resource: string; readonly variable: string };
}
