// Builds everything that the extension, the server and the command line need, into dist/.
import { buildDist } from '../dist.ts';

await buildDist();
