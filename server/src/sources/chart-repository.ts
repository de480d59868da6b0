// Charts of chart repositories: index.yaml says where the packages are.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChosenVersion } from '../engine/chart.ts';
import { type Source, sourceLabel } from '../engine/source.ts';
import { fromNativePath } from '../workspace/paths.ts';
import { type AskEngine, askAbout, keepPackage, largestPackage, whyNot } from './chart-package.ts';
import { type Kept, staging } from './copies.ts';
import { download } from './download.ts';
import { SourceError } from './source-error.ts';

/** Bytes that an index may have. */
const largestIndex = 200e6;

/**
 * Fetches a chart of a repository into the cache: the version that Helm would take.
 *
 * @throws SourceError when it can't be had, or is not what the index says.
 */
export async function fetchChart(cache: string, engine: AskEngine, source: Source, signal: AbortSignal): Promise<Kept> {
  const repository = source.url.replace(/\/*$/, '/');
  const index = await download(indexUrl(repository), largestIndex, signal);
  await using stage = await staging(cache);
  const file = path.join(stage.folder, 'index.yaml');
  await writeFile(file, index);
  const place = fromNativePath(file);
  const render = { index: place, name: source.name, tags: [], version: source.revision };
  const outcome = await askAbout(engine, place, { op: 'chartVersion', render }, signal);
  if (outcome.kind !== 'rendered') throw new SourceError(`${sourceLabel(source)} could not be fetched: ${whyNot(outcome)}`);
  const chosen = outcome.details as ChosenVersion;
  const content = await download(packageUrl(repository, chosen.url), largestPackage, signal);
  return await keepPackage(cache, engine, source, content, chosen, signal);
}

function indexUrl(repository: string): string {
  if (!URL.canParse(repository)) throw new SourceError(`${repository} is no address of a chart repository.`);
  return new URL('index.yaml', repository).href;
}

// Credentials in the repository's address are for its own server only.
function packageUrl(repository: string, url: string): string {
  return new URL(url, repository).href;
}
