// The server's program: `--stdio` or `--node-ipc`, as the client that starts it says.
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { assetsIn } from '../session/assets.ts';
import { logFailure } from './background.ts';
import { serve } from './serve.ts';

const connection = createConnection(ProposedFeatures.all);
// A promise that a library forgot is a bug of one answer; Node would end the server for it.
process.on('unhandledRejection', (error) => logFailure(connection, 'work that nobody waited for', error));
serve(connection, assetsIn(import.meta.dirname));
