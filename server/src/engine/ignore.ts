/** An object that fields are to be taken out of: engine/internal/wire/pruned.go. The outcome's text is the object as JSON. */
export interface IgnoreRequest {
  /** A Kubernetes object, as JSON. */
  readonly object: string;
  /** RFC 6901; those that are not there are no error. */
  readonly jsonPointers: readonly string[];
  /** In the language of jq, as Argo CD's own library reads it. */
  readonly jqPathExpressions: readonly string[];
}
