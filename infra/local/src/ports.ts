import { createServer } from 'node:net';
import getPort from 'get-port';

import { SetupError, systemCode } from './setup-error.ts';

/**
 * Below the range from which systems take the ports of outgoing connections, so that a port which
 * was free a moment ago is not taken by a client before its server listens.
 */
const FIRST = 15_000;
const LAST = 31_999;

/** Free TCP ports on loopback, each different; no other call of this process gets them for a while. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = await getPort({ host: '127.0.0.1', port: candidates(64), reserve: true });
    if (!ports.includes(port)) ports.push(port);
  }
  return ports;
}

/** Random ones: two processes that look at the same time hardly meet. */
function* candidates(count: number): Generator<number> {
  for (let index = 0; index < count; index += 1) {
    yield FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
  }
}

/** @throws SetupError `port_taken` naming the port and `remedy`, if something listens there already. */
export async function assertPortFree(port: number, what: string, remedy: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EACCES') {
      throw new SetupError(
        'port_taken',
        `Port ${port} (${what}) needs rights that this user lacks. ${remedy}`,
      );
    }
    if (code !== 'EADDRINUSE') throw error;
    throw new SetupError('port_taken', `Port ${port} (${what}) is taken by another program. ${remedy}`);
  }
}

/** True if nothing listens there now. */
export async function isPortFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve()));
  });
}
