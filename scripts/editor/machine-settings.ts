// Settings of this machine's VS Code server; a person's own ones stay in the browser.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What would draw the eye away from the extension, or look for the network. */
const calm = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
};

/** Writes the settings of a server whose data lies in the folder `data`, before it starts. */
export async function writeMachineSettings(data: string, own: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(path.join(data, 'Machine'), { recursive: true });
  await writeFile(path.join(data, 'Machine', 'settings.json'), JSON.stringify({ ...calm, ...own }));
}
