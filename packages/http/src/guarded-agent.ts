import { lookup as lookupCallback } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

import { Agent, buildConnector } from 'undici';

export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  constructor() {
    super('the address is not allowed');
  }
}

export type Resolve = (host: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

const resolveBySystem: Resolve = (host, done) => lookupCallback(host, { all: true }, done);

/**
 * An agent that connects to allowed addresses only. Names are resolved here and all their addresses judged; the address
 * of the established socket is judged once more before anything is written, which covers literal addresses and a
 * resolver that answers differently the second time.
 */
export function createGuardedAgent(options: {
  isAllowed: (address: string) => boolean;
  connectTimeoutMs: number;
  connectionsPerOrigin: number;
  resolve?: Resolve;
}): Agent {
  const connect = buildConnector({
    allowH2: false,
    timeout: options.connectTimeoutMs,
    lookup: guardedLookup(options.resolve ?? resolveBySystem, options.isAllowed),
  });
  return new Agent({
    allowH2: false,
    connections: options.connectionsPerOrigin,
    // A paid request never waits behind another on the same socket.
    pipelining: 1,
    keepAliveTimeout: 4_000,
    connect(target, callback) {
      connect(target, (error, socket) => {
        if (error !== null) return callback(error, null);
        if (options.isAllowed(socket.remoteAddress ?? '')) return callback(null, socket);
        socket.destroy();
        callback(new ForbiddenAddressError(), null);
      });
    },
  });
}

function guardedLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address))) {
        return callback(new ForbiddenAddressError(), []);
      }
      if (options.all === true) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first?.address ?? '', first?.family ?? 4);
    });
  };
}
