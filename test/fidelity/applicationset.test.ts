// The engine against Argo CD's own ApplicationSet controller: its generators, its templates, its repo-server's lists of folders and
// files, its validation and steps (argocd/applicationset.go). Objects are compared as such, in order but where the controller has
// none; messages word by word, but where ours say more.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, after, before, describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { root } from '../../scripts/cache.ts';
import { corpus, withoutCorpus } from '../fixture/corpus.ts';
import type { GeneratedApplications } from '../../server/src/engine/application-set.ts';
import type { Engine } from '../../server/src/engine/engine.ts';
import { askArgocd } from './argocd.ts';
import { builds, engineOnDisk } from './builds.ts';

const cases = path.join(root, 'engine', 'testdata', 'applicationset');

/** An ApplicationSet, and what its controller would find. */
interface Case {
  readonly name: string;
  readonly object: string;
  /** The working tree that every repository is. */
  readonly root: string;
  readonly fixture: string;
  readonly newGitFileGlobbing: boolean;
}

/** What comes of a case, from either side. */
interface Comparable {
  readonly applications: readonly unknown[];
  readonly error: string;
}

interface OfController {
  readonly applications: readonly {
    readonly application: { readonly metadata: Record<string, unknown>; readonly spec: unknown; readonly operation?: unknown };
    readonly params: unknown;
    readonly step: number;
    readonly error: string;
  }[];
  readonly error: string;
}

const theirs = new Map<Case, Comparable>();

/** Asks the controller for all cases at once, because it takes a second to start. */
async function ask(all: readonly Case[]): Promise<void> {
  const unknown = all.filter((one) => !theirs.has(one));
  if (unknown.length === 0) return;
  const answers = await askArgocd<OfController[]>('applicationset', unknown);
  for (const [index, one] of unknown.entries()) {
    const answer = answers[index];
    assert.ok(answer);
    const applications = answer.applications.map(({ application: { metadata, spec, operation }, params, step, error }) => {
      const { name, namespace, labels, annotations, finalizers } = metadata;
      const object = { name: name ?? '', namespace, labels, annotations, finalizers, spec, operation };
      return plain({ object: error === '' ? object : undefined, name: name ?? '', params, step, error });
    });
    theirs.set(one, steady(one, { applications, error: answer.error }));
  }
}

async function ours(engine: Engine, one: Case): Promise<Comparable> {
  const repositories = one.root === '' ? [] : [...repositoriesOf(one.object)].map((url) => ({ url, revision: '', root: one.root }));
  const { object, fixture, newGitFileGlobbing } = one;
  const request = { op: 'applicationSet', render: { object, repositories, fixture, newGitFileGlobbing } } as const;
  const outcome = await engine.render(request, new AbortController().signal);
  if (outcome.kind === 'failed') return steady(one, { applications: [], error: outcome.message });
  assert.ok(outcome.kind === 'rendered', JSON.stringify(outcome));
  const details = outcome.details as GeneratedApplications;
  const documents = parseAllDocuments(outcome.yaml, { logLevel: 'error' }).map((document) => document.toJS() as Written);
  const applications = details.applications
    .filter(({ error, field }) => error === undefined || isInvalid(field))
    .map(({ name, params, step, error }) => {
      const document = error === undefined ? documents.shift() : undefined;
      const object = document && { ...document.metadata, spec: document.spec, operation: document.operation };
      return plain({ object, name, params, step: step ?? 0, error: error ?? '' });
    });
  assert.deepEqual(documents, [], 'every document is an application');
  return steady(one, { applications, error: details.controllerError });
}

interface Written {
  readonly metadata: Record<string, unknown>;
  readonly spec: unknown;
  readonly operation?: unknown;
}

/** Whether an error was found in an Application that could be rendered. */
function isInvalid(field: string | undefined): boolean {
  return field === 'spec.template.metadata.name' || field === 'spec.template.spec.destination';
}

function repositoriesOf(object: string): Set<string> {
  return new Set([...object.matchAll(/repoURL: (\S+)/g)].map(([, url]) => url ?? ''));
}

/** The JSON of a value, with null for no parameters. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'params' && isEmpty(inner) ? null : inner)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Leaves out what the controller gives in the order of a Go map, and what our messages say beyond its. */
function steady(one: Case, { applications, error }: Comparable): Comparable {
  const unordered = /^ +(- )?merge:/m.test(one.object);
  return {
    // Where something fails, the controller does nothing; that it could have done some of it does not count.
    applications: error !== '' ? [] : unordered ? applications.map((each) => JSON.stringify(sorted(each))).sort() : applications,
    error: error
      .replace(/error parsing value as string.*/, 'error parsing value as string')
      .replace(/(definition of the ClusterDecisionResource generator).*/, '$1')
      .replace(/^.*unrecognized option: /, 'unrecognized option: ')
      .replace(/^a field of the ApplicationSet has the wrong type: /, '')
      .replace(/^.*is a directory$/, 'is a directory'),
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

async function casesIn(file: string, fixture: string, newGitFileGlobbing: boolean): Promise<Case[]> {
  const text = await readFile(path.join(cases, file), 'utf8');
  const answers = await readFile(path.join(cases, fixture), 'utf8');
  const repository = path.join(cases, 'repository');
  return text.split(/^---\n/m).map((object) => {
    const name = `${file}: ${/^ {2}name: (.*)$/m.exec(object)?.[1] ?? ''}`;
    return { name, object, root: repository, fixture: answers, newGitFileGlobbing };
  });
}

/** Every ApplicationSet in the YAML files below a folder, which is the repository of all of them. */
async function casesBelow(folder: string, fixture: string): Promise<Case[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.sort().map(async (file) => {
      const objects = (await readFile(file, 'utf8')).split(/^---$/m).filter((object) => /^kind: ApplicationSet$/m.test(object));
      return objects.map((object) => ({ name: file, object, root: folder, fixture, newGitFileGlobbing: false }));
    }),
  );
  return found.flat();
}

const files = ['list', 'templates', 'template-patch', 'git', 'clusters', 'providers', 'matrix', 'merge', 'strategy'];

const suites: Readonly<Record<string, () => Promise<Case[]>>> = {
  ...Object.fromEntries(files.map((file) => [`on ${file}.yaml`, () => casesIn(`${file}.yaml`, 'fixture.yaml', false)])),
  'on files, with the new globbing': () => casesIn('git.yaml', 'fixture.yaml', true),
  'on all branches': () => casesIn('providers-all-branches.yaml', 'fixture-all-branches.yaml', false),
  'on the samples': async () => casesBelow(path.join(root, 'samples'), await readFile(path.join(cases, 'fixture-samples.yaml'), 'utf8')),
};

for (const [name, build] of Object.entries(builds)) {
  describe(`the ${name} engine generates what the ApplicationSet controller generates`, () => {
    let engine: Engine;
    before(async () => {
      engine = engineOnDisk(await build());
    });
    after(() => engine.dispose());

    const expectEqual = async (test: TestContext, all: readonly Case[]): Promise<void> => {
      assert.notEqual(all.length, 0);
      await ask(all);
      const different: string[] = [];
      for (const one of all) {
        const made = await ours(engine, one);
        try {
          assert.deepEqual(made, theirs.get(one));
        } catch (error) {
          different.push(`${one.name}\n${error instanceof Error ? error.message : String(error)}`);
        }
      }
      test.diagnostic(`${all.length - different.length} equal, ${different.length} different`);
      assert.equal(different.length, 0, different.join('\n\n'));
    };

    for (const [suite, given] of Object.entries(suites)) {
      const all = given();
      it(suite, async (test) => expectEqual(test, await all));
    }

    it('on repositories of other people', { skip: withoutCorpus }, async (test) => {
      const folders = (await readdir(corpus, { withFileTypes: true })).filter((entry) => entry.isDirectory());
      const all = await Promise.all(folders.map(({ name }) => casesBelow(path.join(corpus, name), 'clusters: []')));
      await expectEqual(test, all.flat());
    });
  });
}
