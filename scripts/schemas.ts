// The JSON schemas, generated from the upstream projects' own types. `node scripts/schemas.ts` prints where they are.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { customResources, type CustomResource } from '../schemas/custom-resources.ts';
import { kubernetes, type Described, type FieldValues, type Swagger } from '../schemas/kubernetes.ts';
import { kustomize } from '../schemas/kustomize.ts';
import type { OpenApiSchema } from '../schemas/openapi.ts';
import { addOwnWords } from '../schemas/own-words.ts';
import { writePool, type OriginFolder } from '../schemas/write-pool.ts';
import { product, root } from './cache.ts';
import { kustomizeVersion } from './engine.ts';
import { run } from './process.ts';

/** The release of Flux that lists the versions of its api modules in schemas/go.mod. */
const fluxRelease = 'v2.9.5';

/** Modules that are read as files only: their own requirements would pull half of the Kubernetes world into schemas/go.mod. */
const argocdModule = 'github.com/argoproj/argo-cd/v3@v3.5.7';
const kubernetesModule = 'k8s.io/kubernetes@v1.36.4';
const kubernetesTypes = 'k8s.io/api@v0.36.4';

const modules = path.join(root, 'schemas');

/** What upstream/main.go prints. */
interface Upstream {
  readonly kinds: readonly CustomResource[];
  readonly kustomize: Readonly<Record<string, OpenApiSchema>>;
  readonly kustomizeVersion: string;
  readonly kubernetesValues: FieldValues;
}

interface GoModule {
  readonly Path: string;
  readonly Version: string;
  readonly Dir: string;
}

/**
 * Gives the folder of the generated schemas (index.json and the files beside it), generating them when their
 * inputs changed. Needs Go; downloads modules through the Go module proxy.
 */
export function schemaPool(): Promise<string> {
  return product(
    'schemas',
    {
      paths: ['schemas', 'scripts/schemas.ts', 'server/src/schemas/json-schema.ts', 'server/src/schemas/pool-format.ts'],
      facts: [argocdModule, kubernetesModule, kubernetesTypes, fluxRelease, kustomizeVersion],
    },
    generate,
  );
}

async function generate(folder: string): Promise<void> {
  progress('downloading the Go modules of Flux, Argo CD, kustomize and Kubernetes');
  const argocd = await download(argocdModule);
  const kubernetesFolder = await download(kubernetesModule);
  const types = await download(kubernetesTypes);
  progress('reading their types');
  const upstream = JSON.parse(
    await run(
      'go',
      ['run', '-mod=readonly', './upstream', '-argocd', argocd.Dir, '-argocd-version', argocd.Version, '-kubernetes-api', types.Dir],
      { cwd: modules },
    ),
  ) as Upstream;
  const swagger = JSON.parse(await readFile(path.join(kubernetesFolder.Dir, 'api', 'openapi-spec', 'swagger.json'), 'utf8')) as Swagger;
  progress('writing JSON schemas');
  const pool = joined([
    kustomize(upstream.kustomize, kustomizeVersion),
    customResources(
      upstream.kinds.filter(({ group }) => group !== 'argoproj.io'),
      'flux',
      fluxRelease,
    ),
    customResources(
      upstream.kinds.filter(({ group }) => group === 'argoproj.io'),
      'argocd',
      argocd.Version,
    ),
    kubernetes(swagger, upstream.kubernetesValues, kubernetesFolder.Version),
  ]);
  await addOwnWords(pool, path.join(modules, 'docs'));
  await writePool(pool, await origins(upstream, argocd, [kubernetesFolder, types]), folder);
  progress(`${pool.kinds.length} kinds`);
}

function joined(parts: readonly Described[]): Described {
  return { kinds: parts.flatMap(({ kinds }) => kinds), definitions: new Map(parts.flatMap(({ definitions }) => [...definitions])) };
}

async function download(module: string): Promise<GoModule> {
  return JSON.parse(await run('go', ['mod', 'download', '-json', module])) as GoModule;
}

async function origins(
  { kinds, kustomizeVersion: kustomizeApiVersion }: Upstream,
  argocd: GoModule,
  kubernetesModules: readonly GoModule[],
): Promise<OriginFolder[]> {
  const listed = async (module: string): Promise<GoModule> =>
    JSON.parse(await run('go', ['list', '-mod=readonly', '-m', '-json', module], { cwd: modules })) as GoModule;
  const fluxModules = [...new Set(kinds.filter(({ group }) => group !== 'argoproj.io').map(({ module }) => module))].sort();
  const flux = await Promise.all(fluxModules.map(listed));
  const kustomizeApi = await listed('sigs.k8s.io/kustomize/api');
  if (kustomizeApi.Version !== kustomizeApiVersion)
    throw new Error(`two versions of kustomize: ${kustomizeApi.Version} and ${kustomizeApiVersion}`);
  return [
    ...flux.map((module) => origin('flux', module)),
    origin('argocd', argocd),
    origin('kustomize', kustomizeApi),
    ...kubernetesModules.map((module) => origin('kubernetes', module)),
  ];
}

function origin(project: OriginFolder['project'], { Path, Version, Dir }: GoModule): OriginFolder {
  return { project, module: Path, version: Version, folder: Dir };
}

function progress(message: string): void {
  process.stderr.write(`schemas: ${message}\n`);
}

if (import.meta.main) console.log(await schemaPool());
