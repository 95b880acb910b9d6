import { Client, Connection } from '@temporalio/client';

import { createDataConverter } from './data-converter.ts';

export type TemporalTarget = { address: string; namespace: string; secretKey: string };

/**
 * A client that connects on first use, so that a process starts (and answers forms) while Temporal is down. It does not repeat calls by
 * itself: what could not be started is stored, and the sweep starts it.
 */
export function openTemporalClient(target: TemporalTarget): { client: Client; close: () => Promise<void> } {
  const connection = Connection.lazy({ address: target.address, connectTimeout: '3s', interceptors: [] });
  const client = new Client({
    connection,
    namespace: target.namespace,
    dataConverter: createDataConverter(target.secretKey),
  });
  return { client, close: () => connection.close() };
}
