// Stands in for the charts that the samples take from elsewhere, which are not downloaded: each installs one Deployment that runs nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { helm, helmPackage } from '../../test/fidelity/helm.ts';
import { type ServedChart, serveCharts } from '../../test/servers/chart-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Charts on this machine, until it goes out of scope. */
export interface SampleCharts extends AsyncDisposable {
  /** Where each place that the samples name is to be found here. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** What the samples ask for, in a version that fits. */
const charts = {
  traefik: '37.0.0',
  'cert-manager': '1.19.0',
  'external-secrets': '1.0.0',
  'argo-cd': '9.0.0',
  'kube-prometheus-stack': '80.0.0',
} as const;

/** The repositories and registries that they are in. */
const places = [
  'https://traefik.github.io/charts',
  'https://charts.external-secrets.io',
  'https://argoproj.github.io/argo-helm',
  'oci://ghcr.io/prometheus-community/charts',
  'oci://quay.io/jetstack/charts/cert-manager',
];

/** Packs the charts and serves them. */
export async function startSampleCharts(): Promise<SampleCharts> {
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
  const addresses = places.map((place) => [place, here(place, server.url)]);
  return { addresses: Object.fromEntries(addresses), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
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
