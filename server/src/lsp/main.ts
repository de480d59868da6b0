// The server's program: `--stdio` or `--node-ipc`, as the client that starts it says.
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { assetsIn } from '../session/assets.ts';
import { serve } from './serve.ts';

serve(createConnection(ProposedFeatures.all), assetsIn(import.meta.dirname));
