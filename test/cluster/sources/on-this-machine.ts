// The stand-in asks nobody but this machine: what it can't serve it says in the object's own conditions.
import { SourceError } from './artifact.ts';

/** Throws SourceError when an address (`https://…`, `oci://…`) is elsewhere. */
export function mustBeOnThisMachine(address: string): void {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host))
    throw new SourceError(
      'FetchNotSupported',
      `the stand-in for source-controller asks nobody but this machine: ${address} is not fetched`,
    );
}
