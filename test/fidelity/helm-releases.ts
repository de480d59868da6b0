// HelmReleases with what their controllers know.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { HelmReleaseRequest } from '../../server/src/engine/engine.ts';

/** A HelmRelease, as far as tests look into it. */
export interface HelmRelease {
  readonly spec: {
    readonly chart: {
      readonly spec: { readonly chart: string; readonly valuesFiles?: readonly string[]; readonly ignoreMissingValuesFiles?: boolean };
    };
  };
}

/** A HelmRelease, what lies beside it in its file, and where its chart is found. */
export interface Case {
  readonly name: string;
  readonly request: HelmReleaseRequest;
  readonly asked: { readonly root: string; readonly chart: string };
}

/** The HelmReleases in the folder `releases` of a repository. */
export async function casesIn(repository: string): Promise<Case[]> {
  const folder = path.join(repository, 'releases');
  const files = (await readdir(folder)).sort();
  return Promise.all(
    files.map(async (file): Promise<Case> => {
      const [object = '', ...objects] = (await readFile(path.join(folder, file), 'utf8')).split(/^---\n/m);
      const { chart } = (parse(object) as HelmRelease).spec.chart.spec;
      return {
        name: file,
        request: requestFor(object, objects, path.join(repository, chart), repository),
        asked: { root: repository, chart },
      };
    }),
  );
}

/** What the engine is asked for a HelmRelease; `objects` are what it takes values from. */
export function requestFor(object: string, objects: readonly string[], chart: string, valuesRoot: string): HelmReleaseRequest {
  return {
    object,
    chartObject: '',
    chart,
    root: valuesRoot,
    source: undefined,
    objects,
    kubeVersion: '1.33.1',
    apiVersions: ['monitoring.coreos.com/v1'],
    originLabels: true,
  };
}
