/**
 * An address without what differs between the ways to write it: scheme, user, query, `.git`, case of the host.
 * `https://github.com/acme/fleet.git`, `git@github.com:acme/fleet` and `ssh://git@github.com/acme/fleet/` are all `github.com/acme/fleet`.
 */
export function plainAddress(address: string): string {
  return address
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/[?#].*$/, '')
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^[^/]+/, (host) => host.toLowerCase())
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
