import { languages, workspace } from 'vscode';
import { openFile, replace } from './editing.ts';
import { until } from '../eventually.ts';
import { shop } from './shop.ts';
import { useRepository } from './use-repository.ts';

describe('Settings', () => {
  const repository = useRepository(shop);
  afterEach(() => validate(undefined));

  it('count as soon as they are changed', async () => {
    const document = await openFile(repository.uri('base/kustomization.yaml'));
    const isMarked = () => languages.getDiagnostics(document.uri).length > 0;
    await replace(document, 'settings.yaml', 'setings.yaml');
    await until('the finding', isMarked);
    await validate(false);
    await until('the finding to vanish', () => !isMarked());
    await validate(true);
    await until('the finding to come back', isMarked);
  });
});

async function validate(enable: boolean | undefined): Promise<void> {
  await workspace.getConfiguration('drydock').update('validate.enable', enable, true);
}
