// `npm run build`: makes everything that the extension, the server and the command line need, in dist/.
import { command } from '../command.ts';
import { buildDist } from '../dist.ts';

await command(buildDist);
