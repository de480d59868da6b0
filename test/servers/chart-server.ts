// Charts as repositories and registries serve them, on this machine: index.yaml and packages over HTTP, and the same as OCI artifacts.
import { createHash } from 'node:crypto';
import { type TestServer, listen } from './listen.ts';

/** A chart that is served. */
export interface ServedChart {
  readonly name: string;
  readonly version: string;
  /** The package, as `helm package` makes it. */
  readonly content: Buffer;
}

const chartType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const configType = 'application/vnd.cncf.helm.config.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** Serves charts at every address of a server: `<url>/<any>/index.yaml`, and `oci://<host>/<any>/<name>`. */
export function serveCharts(charts: readonly ServedChart[]): Promise<TestServer> {
  const blobs = new Map<string, Buffer>();
  const kept = (content: Buffer): { readonly digest: string; readonly size: number } => {
    const digest = digestOf(content);
    blobs.set(digest, content);
    return { digest, size: content.length };
  };
  const manifests = new Map(
    charts.map(({ name, version, content }) => {
      const config = { mediaType: configType, ...kept(Buffer.from(JSON.stringify({ apiVersion: 'v2', name, version }))) };
      const layers = [{ mediaType: chartType, ...kept(content) }];
      return [`${name}:${version}`, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config, layers }))];
    }),
  );
  for (const manifest of manifests.values()) kept(manifest);
  const index = indexOf(charts);
  return listen((request, response) => {
    const place = request.url ?? '';
    const send = (type: string, content: Buffer | string | undefined): void => {
      if (content === undefined) return void response.writeHead(404).end();
      const headers = { 'content-type': type, 'content-length': Buffer.byteLength(content), 'docker-content-digest': digestOf(content) };
      response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : content);
    };
    const [, repository = '', what, which = ''] = /^\/v2\/(.+)\/(tags|manifests|blobs)\/([^?]+)/.exec(place) ?? [];
    const name = repository.split('/').at(-1) ?? '';
    if (what === 'blobs') return send('application/octet-stream', blobs.get(which));
    if (what === 'manifests') return send(manifestType, manifests.get(`${name}:${which}`) ?? blobs.get(which));
    const tags = charts.filter((chart) => chart.name === name).map(({ version }) => version);
    if (what === 'tags') return send('application/json', JSON.stringify({ name: repository, tags }));
    if (place.endsWith('/index.yaml')) return send('application/yaml', index);
    const chart = charts.find((each) => place.endsWith(`/${packageOf(each)}`));
    send('application/gzip', chart?.content);
  });
}

function indexOf(charts: readonly ServedChart[]): string {
  const created = '2026-01-01T00:00:00Z';
  const entries: Record<string, object[]> = {};
  for (const chart of charts) {
    const { name, version, content } = chart;
    const digest = digestOf(content).replace('sha256:', '');
    (entries[name] ??= []).push({ apiVersion: 'v2', name, version, created, digest, urls: [packageOf(chart)] });
  }
  return JSON.stringify({ apiVersion: 'v1', generated: created, entries });
}

function packageOf({ name, version }: ServedChart): string {
  return `${name}-${version}.tgz`;
}

function digestOf(content: Buffer | string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
