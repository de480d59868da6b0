// The real helm, built from source at the version whose output the engine gives.
import { tmpdir } from 'node:os';
import path from 'node:path';
import { product, root } from '../../scripts/cache.ts';
import { requiredVersion } from '../../scripts/edited-module.ts';
import { helmVersion } from '../../scripts/helm-module.ts';
import { run } from '../../scripts/process.ts';
import type { TemplateRequest } from '../../server/src/engine/engine.ts';
import { type CommandOutput, outputOf } from './command-output.ts';
import { fluxVersions } from './flux-module.ts';

const module = 'helm.sh/helm/v4';

/** Builds Helm's command line through the Go module proxy, with what Flux's controllers have compiled, unless it is built already; gives the program's path. */
export async function helm(): Promise<string> {
  const version = await helmVersion();
  const cwd = path.join(root, fluxVersions);
  const pinned = await requiredVersion(path.join(cwd, 'go.mod'), module);
  if (pinned !== version)
    throw new Error(`${module} is ${version} in engine/go.mod and ${pinned} in ${fluxVersions}/go.mod; they must be the same.`);
  const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', `-ldflags=-s -w -X ${module}/internal/version.version=${version}`];
  const facts = [...flags, (await run('go', ['env', 'GOVERSION'])).trim()];
  const folder = await product('helm', { paths: [fluxVersions], facts }, async (made) => {
    await run('go', ['build', ...flags, '-o', `${made}${path.sep}`, `${module}/cmd/helm`], { cwd, env: { CGO_ENABLED: '0' } });
  });
  return path.join(folder, process.platform === 'win32' ? 'helm.exe' : 'helm');
}

/** A folder that is not there: what users have set up for Helm plays no part. */
const nowhere = path.join(tmpdir(), 'drydock-no-helm');
const unconfigured = {
  ...process.env,
  HELM_CONFIG_HOME: nowhere,
  HELM_DATA_HOME: nowhere,
  KUBECONFIG: path.join(nowhere, 'config'),
};

/** Runs `helm template`. */
export function helmTemplate(program: string, request: TemplateRequest): Promise<CommandOutput> {
  const args = ['template', request.release, request.chart, '--namespace', request.namespace];
  for (const file of request.valueFiles) args.push('--values', file);
  if (request.values !== '') args.push('--values', '-');
  for (const value of request.set) args.push('--set', value);
  for (const value of request.setString) args.push('--set-string', value);
  for (const value of request.setFile) args.push('--set-file', value);
  if (request.includeCRDs) args.push('--include-crds');
  if (request.skipTests) args.push('--skip-tests');
  if (request.skipSchemaValidation) args.push('--skip-schema-validation');
  if (request.kubeVersion !== '') args.push('--kube-version', request.kubeVersion);
  for (const version of request.apiVersions) args.push('--api-versions', version);
  return outputOf(program, args, unconfigured, request.values);
}

/** Packs a chart into a folder. */
export async function helmPackage(program: string, chart: string, folder: string): Promise<void> {
  await run(program, ['package', chart, '--destination', folder], { env: { HELM_CONFIG_HOME: nowhere, HELM_DATA_HOME: nowhere } });
}

/** Runs another command of Helm's in a folder, with nothing set up but what earlier commands with the same `home` left there. */
export function helmCommand(program: string, args: readonly string[], home: string): Promise<CommandOutput> {
  const places = { HELM_CONFIG_HOME: `${home}/config`, HELM_DATA_HOME: `${home}/data`, HELM_CACHE_HOME: `${home}/cache` };
  return outputOf(program, args, { ...process.env, ...places });
}
