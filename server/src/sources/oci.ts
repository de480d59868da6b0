// Charts of OCI registries (the OCI distribution specification, and Helm's media types), as far as they are to be had without
// credentials.
import type { ChosenVersion } from '../engine/chart.ts';
import { type Source, sourceLabel } from '../engine/source.ts';
import { type AskEngine, keepPackage, largestPackage, sha256, whyNot } from './chart-package.ts';
import type { Kept } from './copies.ts';
import { type Answer, ask, statusText } from './download.ts';
import { SourceError } from './source-error.ts';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const chartType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
/** Bytes that a manifest or a list of tags may have. */
const largestList = 4e6;

interface Manifest {
  readonly layers?: readonly { readonly mediaType: string; readonly digest: string; readonly size: number }[];
}

/**
 * Fetches a chart of a registry into the cache: the version that Helm would take.
 *
 * @throws SourceError when it can't be had, or is not what its digests say.
 */
export async function fetchOciChart(cache: string, engine: AskEngine, source: Source, signal: AbortSignal): Promise<Kept> {
  const { host, repository } = addressOf(source);
  const registry = new Registry(source, host, repository, signal);
  const version = isVersion(source.revision) ? source.revision : await chooseTag(registry, engine, source, signal);
  const manifest = await registry.get(`manifests/${version.replaceAll('+', '_')}`, largestList, { accept: manifestType });
  checkDigest(source, manifest.body, manifest.headers.get('docker-content-digest') ?? '');
  const { layers = [] } = json(source, manifest.body) as Manifest;
  const layer = layers.find(({ mediaType }) => mediaType === chartType);
  if (!layer) throw new SourceError(`${sourceLabel(source)} is not used: what the registry has under this name is no Helm chart.`);
  const { body } = await registry.get(`blobs/${layer.digest}`, largestPackage, {});
  return keepPackage(cache, engine, source, body, { digest: layer.digest, version }, signal);
}

function addressOf(source: Source): { host: string; repository: string } {
  const [, host, path = ''] = /^oci:\/\/([^/]+)\/?(.*?)\/*$/.exec(source.url) ?? [];
  if (host === undefined) throw new SourceError(`${source.url} is no address of an OCI registry.`);
  return { host, repository: [path, source.name].filter(Boolean).join('/') };
}

function isVersion(revision: string): boolean {
  return /^v?\d+(\.\d+){0,2}(-[\w.-]+)?(\+[\w.-]+)?$/.test(revision);
}

async function chooseTag(registry: Registry, engine: AskEngine, source: Source, signal: AbortSignal): Promise<string> {
  const render = { index: '', name: source.name, tags: await registry.tags(), version: source.revision };
  const outcome = await engine.render({ op: 'chartVersion', render }, signal);
  if (outcome.kind !== 'rendered') throw new SourceError(`${sourceLabel(source)} could not be fetched: ${whyNot(outcome)}`);
  return (outcome.details as ChosenVersion).version;
}

/** One repository of a registry, asked anonymously; a token that it wants is asked for once. */
class Registry {
  readonly #source: Source;
  readonly #base: string;
  readonly #signal: AbortSignal;
  #authorization: Readonly<Record<string, string>> = {};

  constructor(source: Source, host: string, repository: string, signal: AbortSignal) {
    // As container tools do, a registry on this machine is spoken to without encryption.
    const scheme = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host) ? 'http' : 'https';
    this.#source = source;
    this.#base = `${scheme}://${host}/v2/${repository}/`;
    this.#signal = signal;
  }

  async get(path: string, limit: number, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const once = (): Promise<Answer> => ask(new URL(path, this.#base).href, { ...headers, ...this.#authorization }, limit, this.#signal);
    let answer = await once();
    if (answer.status === 401 && (await this.#signIn(answer.headers.get('www-authenticate') ?? ''))) answer = await once();
    if (answer.status !== 200) throw new SourceError(`${sourceLabel(this.#source)} could not be fetched: ${statusText(answer)}`);
    return answer;
  }

  /** All tags; a registry gives them in pages. */
  async tags(): Promise<string[]> {
    const tags: string[] = [];
    for (let page: string | undefined = 'tags/list'; page !== undefined;) {
      const answer: Answer = await this.get(page, largestList, {});
      tags.push(...((json(this.#source, answer.body) as { readonly tags?: readonly string[] | null }).tags ?? []));
      page = /<([^>]+)>;\s*rel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    return tags;
  }

  // https://distribution.github.io/distribution/spec/auth/token/
  async #signIn(challenge: string): Promise<boolean> {
    if (!/^bearer /i.test(challenge) || 'authorization' in this.#authorization) return false;
    const { realm, ...parameters }: Record<string, string | undefined> = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    if (realm === undefined || !URL.canParse(realm)) return false;
    const url = new URL(realm);
    for (const name of ['service', 'scope']) url.searchParams.set(name, parameters[name] ?? '');
    const answer = await ask(url.href, {}, largestList, this.#signal);
    if (answer.status !== 200) return false;
    const { token, access_token: other } = json(this.#source, answer.body) as { readonly token?: string; readonly access_token?: string };
    this.#authorization = { authorization: `Bearer ${token ?? other ?? ''}` };
    return true;
  }
}

function checkDigest(source: Source, content: Uint8Array, digest: string): void {
  if (digest.startsWith('sha256:') && digest !== `sha256:${sha256(content)}`)
    throw new SourceError(
      `${sourceLabel(source)} is not used: its manifest is not what the registry's digest says. It was damaged on its way.`,
    );
}

function json(source: Source, content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    throw new SourceError(`${sourceLabel(source)} could not be fetched: the server's answer is not that of an OCI registry.`);
  }
}
