// Why a cluster did not do what it was asked, and what the user can do.

/** What kind of failure it is; decides what is tried again, and how it is shown. */
export type FailureKind =
  /** Nothing answers at the address. */
  | 'unreachable'
  /** Something answers, but not within the time limit. */
  | 'timeout'
  /** Its certificate is not to be trusted. */
  | 'certificate'
  /** The credentials can't be had from the kubeconfig's plug-in. */
  | 'credentials'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  /** The version of a list or watch is too old: list again. */
  | 'gone'
  | 'throttled'
  /** Refused as invalid, by validation, a webhook or a quota. */
  | 'invalid'
  /** The server's own failure. */
  | 'server';

/** A failure of a cluster, in words for people: what, where and what to do. */
export class ClusterError extends Error {
  readonly kind: FailureKind;
  /** The API server's `Status`, where it gave one. */
  readonly status: Status | undefined;
  /** Milliseconds after which the server says that it may be asked again. */
  readonly retryAfter: number | undefined;

  constructor(kind: FailureKind, message: string, details: { readonly status?: Status; readonly retryAfter?: number } = {}) {
    super(message);
    this.name = 'ClusterError';
    this.kind = kind;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
  }
}

/** `meta/v1.Status`, as far as it is read. */
export interface Status {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string; readonly field?: string }[] };
}

/** What an answer that is no success says. */
export function answerError(server: string, code: number, body: string, retryAfter: string | undefined): ClusterError {
  const status = statusIn(body);
  const said = status?.message ?? body.slice(0, 300).trim();
  const seconds = Number(retryAfter);
  const details = {
    ...(status ? { status } : {}),
    ...(retryAfter !== undefined && Number.isFinite(seconds) ? { retryAfter: seconds * 1000 } : {}),
  };
  switch (code) {
    case 401:
      return new ClusterError(
        'unauthorized',
        `${server} does not accept the credentials (401): sign in again, as you do for kubectl.`,
        details,
      );
    case 403:
      return new ClusterError('forbidden', `${said || `${server} forbids it`} (403).`, details);
    case 404:
      return new ClusterError('notFound', `${said || `${server} does not have it`} (404).`, details);
    case 409:
      return new ClusterError('conflict', `${said} (409).`, details);
    case 410:
      return new ClusterError('gone', `${said} (410).`, details);
    case 400:
    case 413:
    case 415:
    case 422:
      return new ClusterError('invalid', `${said} (${code}).`, details);
    case 429:
      return new ClusterError('throttled', `${server} is asked too much (429): ${said || 'try again in a while'}.`, details);
    default:
      return new ClusterError('server', `${server} answered ${code}: ${said || 'without saying why'}.`, details);
  }
}

/** What a failure to ask at all says. `error` is what `fetch` threw. */
export function requestError(server: string, error: unknown): ClusterError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { readonly code?: string } | undefined)?.code ?? '';
  const said = cause instanceof Error ? cause.message : String(cause);
  if (certificateCodes.has(code))
    return new ClusterError(
      'certificate',
      `The certificate of ${server} is not trusted (${said}). Name the authority that signed it in the kubeconfig's certificate-authority-data, or, when you know the server, set insecure-skip-tls-verify there.`,
    );
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'ETIMEDOUT':
      return new ClusterError('timeout', `${server} does not answer in time: is the network or the VPN up?`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ClusterError('unreachable', `The host of ${server} is not known: is the network or the VPN up?`);
    default:
      return new ClusterError('unreachable', `${server} can't be reached (${said || code}): is the cluster running?`);
  }
}

const certificateCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function statusIn(body: string): Status | undefined {
  try {
    const parsed = JSON.parse(body) as (Status & { readonly kind?: string }) | null;
    return parsed?.kind === 'Status' ? parsed : undefined;
  } catch {
    return undefined; // a proxy's page, for example
  }
}
