// From a key to what it changes on the screen, through the whole server: findings beside yaml-language-server fed with the
// whole file, the preview beside a spawned `kustomize build`.
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService } from 'yaml-language-server';
import { Editor } from '../fixture/editor.ts';
import { type Figures, figures, report } from './measure/figures.ts';
import { kustomize } from '../fidelity/kustomize.ts';
import { nativePath } from '../../server/src/workspace/paths.ts';
import { openPool } from '../../server/src/schemas/pool.ts';
import { previewChanged } from '../../protocol/src/messages.ts';
import { schemaPool } from '../../scripts/schemas.ts';

const rounds = 30;
const documents = 150;

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 1
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
        - name: ${name}
          image: ${name}:1
`;

const file = Array.from({ length: documents }, (_, index) => deployment(`app-${index}`)).join('---\n');

const archive = `-- all.yaml --
${file}-- base/kustomization.yaml --
resources: [deployment.yaml]
-- base/deployment.yaml --
${deployment('shop')}-- overlays/dev/kustomization.yaml --
resources: [../../base]
namePrefix: dev-
`;

/** Milliseconds from an edit that breaks a field to its finding, and back, in one of 150 documents. */
async function keyToFindings(editor: Editor): Promise<Figures> {
  await editor.openFile('all.yaml');
  return figures(rounds, async (round) => {
    const [from, to] = round % 2 === 0 ? ['  replicas: 1\n', '  replicas: x\n'] : ['  replicas: x\n', '  replicas: 1\n'];
    await editor.edit('all.yaml', from, to);
    await editor.until(() => editor.findings('all.yaml').length > 0 === (round % 2 === 0));
  });
}

/** The same check by yaml-language-server alone, with the whole file and the one schema that fits: its best case. */
async function wholeFile(): Promise<Figures> {
  const pool = openPool(await schemaPool());
  const entry = pool.entryFor({ apiVersion: 'apps/v1', kind: 'Deployment' });
  if (!entry) throw new Error('there is no schema for Deployment');
  const service = getLanguageService({
    schemaRequestService: () => Promise.reject(new Error('nothing is fetched')),
    workspaceContext: { resolveRelativePath: (relative) => relative },
  });
  service.configure({ validate: true, schemas: [{ uri: 'bench:///schema.json', fileMatch: ['*.yaml'], schema: pool.schemaFor(entry) }] });
  return figures(rounds, async (round) => {
    const text = file.replace('replicas: 1', `replicas: ${round % 2 === 0 ? 'x' : '1'}`);
    await service.doValidation(TextDocument.create('bench:///all.yaml', 'yaml', round, text), false);
  });
}

/** Milliseconds from an edit in a base to the new preview of its overlay. */
async function keyToPreview(editor: Editor): Promise<Figures> {
  await editor.openFile('base/deployment.yaml');
  await editor.openPreview('overlays/dev');
  return figures(rounds, async (round) => {
    const seen = editor.received(previewChanged).length;
    await editor.edit('base/deployment.yaml', `shop:${round + 1}`, `shop:${round + 2}`);
    await editor.until(() => editor.received(previewChanged).length > seen);
  });
}

async function spawned(editor: Editor): Promise<Figures> {
  const program = await kustomize();
  const run = promisify(execFile);
  return figures(rounds, async () => {
    await run(program, ['build', nativePath(`${editor.fixture.root}/overlays/dev`)]);
  });
}

await using editor = await Editor.open(archive);
report('key → findings, one of 150 documents', {
  drydock: await keyToFindings(editor),
  'yaml-language-server, whole file': await wholeFile(),
});
report('key → preview, small overlay', { drydock: await keyToPreview(editor), 'kustomize build, spawned': await spawned(editor) });
