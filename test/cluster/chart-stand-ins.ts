// Stands in for charts that a repository takes from elsewhere, which are not downloaded: each installs one Deployment that runs nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../../scripts/temporary-folder.ts';
import { helm, helmPackage } from '../fidelity/helm.ts';
import { type ServedChart, serveCharts } from '../servers/chart-server.ts';

/** Charts on this machine, until it goes out of scope. */
export interface ChartStandIns extends AsyncDisposable {
  /** Where each of the places is to be found here. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * Packs charts and serves them.
 *
 * @param charts Their versions by their names.
 * @param places Addresses of the repositories and registries that have them (`https:`, `oci:`).
 */
export async function startChartStandIns(charts: Readonly<Record<string, string>>, places: readonly string[]): Promise<ChartStandIns> {
  using folder = temporaryFolder('charts');
  const program = await helm();
  const packed = await Promise.all(
    Object.entries(charts).map(async ([name, version]): Promise<ServedChart> => {
      const chart = path.join(folder.path, name);
      await mkdir(path.join(chart, 'templates'), { recursive: true });
      await writeFile(path.join(chart, 'Chart.yaml'), description(name, version));
      await writeFile(path.join(chart, 'templates', 'deployment.yaml'), deployment);
      await helmPackage(program, chart, folder.path);
      return { name, version, content: await readFile(path.join(folder.path, `${name}-${version}.tgz`)) };
    }),
  );
  const server = await serveCharts(packed);
  const addresses = Object.fromEntries(places.map((place) => [place, here(place, server.url)] as const));
  return { addresses, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** The same path on this machine's server. */
function here(place: string, server: string): string {
  const { protocol, pathname } = new URL(place);
  return protocol === 'oci:' ? `oci://${new URL(server).host}${pathname}` : `${server}${pathname.replace(/\/$/, '')}`;
}

function description(name: string, version: string): string {
  return `apiVersion: v2\nname: ${name}\nversion: ${version}\ndescription: Stands in for the chart of this name, which is not downloaded.\n`;
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
  labels:
    app.kubernetes.io/instance: {{ .Release.Name }}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .Release.Name }}
  template:
    metadata:
      labels:
        app.kubernetes.io/instance: {{ .Release.Name }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: registry.k8s.io/pause:3.10
`;
