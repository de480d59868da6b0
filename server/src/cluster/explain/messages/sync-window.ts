import type { MessageExplanation } from '../explanation.ts';

export const syncWindow: MessageExplanation = {
  title: 'The sync windows of the project are closed',
  says: /blocked by sync window|prevented by sync window|lets nobody sync/i,
  examples: ['Sync prevented by sync window'],
  cause: 'The AppProject allows syncs only at certain times, or forbids them at this one.',
  next: 'Wait for the window, or change `syncWindows` of the project; `manualSync: true` there lets people sync by hand.',
};
