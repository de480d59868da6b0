// The order of imports between the rooms of the house, checked on every import, also those of types.
import { type ICruiseResult, type IForbiddenRuleType, cruise } from 'dependency-cruiser';
import { root } from '../cache.ts';
import { type Report, reportCheck } from './tier.ts';

/** What each room may import besides itself; tests beside the code may import everything. ARCHITECTURE.md says what lives there. */
const rooms = {
  protocol: [],
  'server/src/engine': [],
  'server/src/workspace': ['protocol'],
  'server/src/git': ['server/src/workspace'],
  'server/src/sources': ['server/src/git', 'server/src/engine', 'server/src/workspace'],
  'server/src/model': ['protocol', 'server/src/workspace'],
  'server/src/dialects/argocd': ['protocol', 'server/src/model', 'server/src/engine', 'server/src/workspace'],
  'server/src/dialects/flux': ['protocol', 'server/src/model', 'server/src/engine', 'server/src/workspace'],
  'server/src/dialects/helm': ['protocol', 'server/src/model', 'server/src/engine', 'server/src/workspace'],
  'server/src/dialects/kustomize': ['protocol', 'server/src/model', 'server/src/engine', 'server/src/workspace'],
  'server/src/dialects': ['server/src/model', 'server/src/engine'],
  'server/src/rules': ['protocol', 'server/src/dialects', 'server/src/model', 'server/src/workspace'],
  'server/src/schemas': ['protocol', 'server/src/workspace'],
  'server/src/features': [
    'protocol',
    'server/src/engine',
    'server/src/rules',
    'server/src/schemas',
    'server/src/dialects',
    'server/src/model',
    'server/src/engine',
    'server/src/workspace',
  ],
  'server/src/session': [
    'protocol',
    'server/src/features',
    'server/src/rules',
    'server/src/schemas',
    'server/src/dialects',
    'server/src/model',
    'server/src/git',
    'server/src/sources',
    'server/src/cluster',
    'server/src/workspace',
    'server/src/engine',
  ],
  'server/src/cluster': ['protocol', 'server/src/model', 'server/src/workspace'],
  'server/src/lsp': ['protocol', 'server/src'],
  cli: ['protocol', 'server'],
  client: ['protocol'],
  schemas: ['server/src/schemas'],
  scripts: ['schemas', 'test/e2e', 'test/cluster', 'package.json'],
} satisfies Record<string, readonly string[]>;

/** Rooms whose answers depend on their arguments alone. */
const pure = ['protocol', 'server/src/model', 'server/src/dialects', 'server/src/rules', 'server/src/features'];
const inputAndOutput = '^(node:)?(fs|fs/promises|child_process|net|tls|http|https|http2|dgram|dns|worker_threads|readline|sqlite)$';

/** Packages that only some rooms may import. */
const reserved = [
  { name: 'vscode', modules: '^vscode$', rooms: ['client', 'test/e2e/api'] },
  { name: 'the connection of the language client', modules: '^vscode-languageclient', rooms: ['client'] },
  {
    name: 'the connection of the language server (types apart)',
    modules: '^vscode-languageserver(-protocol)?(/|$)',
    rooms: ['server/src/lsp', 'cli/src', 'test'],
  },
];

/** Tests and what they are made with. */
const tests = '(\\.test|-in-test)\\.ts$|^test/';
const ours = `^(${[...new Set(Object.keys(rooms).map((room) => room.split('/', 1)[0]))].join('|')}|test)/`;

/** Reports, rule by rule, whether the code keeps to it. */
export async function checkImports(report: Report): Promise<void> {
  const rules = forbidden();
  const { output } = await cruise(
    ['client', 'server', 'cli', 'protocol', 'schemas', 'scripts', 'test'],
    {
      baseDir: root,
      tsPreCompilationDeps: 'specify',
      doNotFollow: { path: 'node_modules' },
      exclude: { path: 'node_modules' },
      ruleSet: { forbidden: rules },
      validate: true,
    },
    undefined,
    undefined,
  );
  const { modules, summary } = output as ICruiseResult;
  for (const { name } of rules) {
    const violations = summary.violations.filter(({ rule }) => rule.name === name);
    await reportCheck(report, name ?? '', async () => {
      if (violations.length > 0)
        throw new Error(
          violations.map(({ from, to, cycle }) => `${from} imports ${cycle ? cycle.map((step) => step.name).join(' → ') : to}`).join('\n'),
        );
    });
  }
  await reportCheck(report, 'every file of the server is in a room', async () => {
    const known = new RegExp(`^(${Object.keys(rooms).join('|')})/`);
    const homeless = modules.map(({ source }) => source).filter((source) => source.startsWith('server/') && !known.test(source));
    if (homeless.length > 0) throw new Error(`${homeless.join('\n')}\nare in no room of scripts/tiers/import-order.ts.`);
  });
}

function forbidden(): IForbiddenRuleType[] {
  return [
    ...Object.entries(rooms).map(([room, allowed]: readonly [string, readonly string[]]) => ({
      name: `${room} imports ${allowed.length > 0 ? `only ${allowed.join(', ')}` : 'no other room'}`,
      severity: 'error' as const,
      // A room within a room has a line of its own.
      from: {
        path: `^${room}/`,
        pathNot: [
          tests,
          ...Object.keys(rooms)
            .filter((inner) => inner.startsWith(`${room}/`))
            .map((inner) => `^${inner}/`),
        ],
      },
      to: { path: ours, pathNot: [`^${room}/`, ...allowed.map((other) => `^${other}(/|$)`)] },
    })),
    {
      name: 'pure rooms touch no file, process or network',
      severity: 'error',
      from: { path: `^(${pure.join('|')})/`, pathNot: tests },
      to: { path: inputAndOutput },
    },
    ...reserved.map(({ name, modules, rooms: users }) => ({
      name: `${name} is for ${users.join(', ')} only`,
      severity: 'error' as const,
      from: { path: ours, pathNot: users.map((room) => `^${room}`) },
      to: { path: modules, preCompilationOnly: false },
    })),
    { name: 'no import leads back to its file', severity: 'error', from: {}, to: { circular: true } },
  ];
}
