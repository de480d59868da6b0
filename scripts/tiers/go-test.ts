// Runs the tests of a Go module and passes on what becomes of each.
import { spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../cache.ts';
import { stageEngine } from '../stage-engine.ts';
import { run } from '../process.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Report, type TestResult, reportCheck } from './tier.ts';

/** One line of `go test -json`, as far as it is used here. */
interface GoEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly ImportPath?: string;
  readonly Test?: string;
  /** Seconds. */
  readonly Elapsed?: number;
  readonly Output?: string;
}

const outcomes: Readonly<Record<string, TestResult['outcome']>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };

/** What is added to the modules that the engine is built with, as far as it has tests of its own. */
const editedPackages: readonly string[] = [
  'sigs.k8s.io/kustomize/api/internal/builtins',
  'sigs.k8s.io/kustomize/api/internal/plugins/builtinconfig',
  'sigs.k8s.io/kustomize/api/resource',
  'sigs.k8s.io/kustomize/kyaml/openapi',
];

/** A module in a folder, and how it is compiled: as elsewhere in the build, so that nothing is compiled twice. */
interface GoModule {
  readonly name: string;
  readonly cwd: string;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Its packages, and those of other modules. */
  readonly packages: readonly string[];
}

/** Vets and tests every Go module of the checkout that has code. */
export async function runAllGoTests(report: Report): Promise<void> {
  const asBuilt = { flags: ['-trimpath'], env: { CGO_ENABLED: '0' } };
  await runEngineTests(asBuilt, report);
  // It is run, not built: `generate` in scripts/schemas.ts.
  const schemas = { name: 'schemas', cwd: path.join(root, 'schemas'), flags: [], env: {}, packages: ['./...'] };
  await vet(schemas, report);
  await runGoTests(schemas, report);
  await vet({ name: 'redis', cwd: path.join(root, 'test/cluster/tools/argocd'), ...asBuilt, packages: ['./redis'] }, report);
}

/** The engine, in a copy that has kustomize and Helm as the engine is built with them, and the samples. */
async function runEngineTests(asBuilt: Pick<GoModule, 'flags' | 'env'>, report: Report): Promise<void> {
  using stage = temporaryFolder('engine-tests');
  await stageEngine(stage.path);
  await cp(path.join(root, 'samples'), path.join(stage.path, 'testdata', 'samples'), { recursive: true });
  const engine = { name: 'engine', cwd: stage.path, ...asBuilt, packages: ['./...', ...editedPackages] };
  await vet(engine, report);
  await runGoTests(engine, report);
}

async function vet({ name, cwd, flags, env, packages }: GoModule, report: Report): Promise<void> {
  await reportCheck(report, `${name}: go vet`, () => run('go', ['vet', ...flags, ...packages], { cwd, env }));
}

async function runGoTests({ name, cwd, flags, env, packages }: GoModule, report: Report): Promise<void> {
  const child = spawn('go', ['test', ...flags, '-json', ...packages], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const output = new Map<string, string>();
  let failed = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as GoEvent;
    const key = `${event.Package ?? event.ImportPath ?? ''} ${event.Test ?? ''}`;
    if (event.Output !== undefined) output.set(key, (output.get(key) ?? '') + event.Output);
    const outcome = outcomes[event.Action];
    if (outcome === undefined || event.Test === undefined) continue;
    failed ||= outcome === 'failed';
    const details = outcome === 'passed' ? {} : { details: output.get(key) ?? '' };
    report({ title: `${event.Package ?? name} ${event.Test}`, outcome, ms: (event.Elapsed ?? 0) * 1000, ...details });
  }
  const code = await closed;
  // A package that does not compile, or ends before its tests do, has no failed test of its own.
  if (code !== 0 && !failed) report({ title: `${name}: go test`, outcome: 'failed', ms: 0, details: [...output.values()].join('') });
}
