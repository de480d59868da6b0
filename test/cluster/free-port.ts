// Ports for programs that want to be told theirs.
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

// Below those that systems give to outgoing connections, one of which might take a port before its program does.
const lowest = 20_000;
const highest = 32_000;

/** A port of 127.0.0.1 that nobody listens on, and that no other process is given by this function while this one lives. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest);
    if ((await reserve(port)) && (await canListen(port))) return port;
  }
}

// Until its program listens, a port looks free to others. What nobody here uses, UDP, tells that it is taken.
function reserve(port: number): Promise<boolean> {
  const mark = createSocket('udp4');
  return new Promise((resolve) => {
    mark.once('error', () => resolve(false));
    mark.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      mark.unref();
      resolve(true);
    });
  });
}

function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
