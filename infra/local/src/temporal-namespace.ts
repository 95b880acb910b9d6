import { setTimeout as sleep } from 'node:timers/promises';

import { reasonOf, SetupError } from './setup-error.ts';

/** How long finished workflows stay to be looked at; what matters for longer is in Penstock's own tables. */
const RETENTION_DAYS = 3;
const DEADLINE_MS = 30_000;

/**
 * Makes the namespace if it is missing and waits until the server knows it. Uses the HTTP form of the
 * server's API, which needs no client library in the supervising process.
 * @throws SetupError `component_failed` if it can't be made.
 */
export async function ensureNamespace(httpUrl: string, namespace: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (let reason = ''; ; await sleep(100)) {
    try {
      if (await isKnown(httpUrl, namespace)) return;
      reason = await register(httpUrl, namespace);
    } catch (error) {
      reason = reasonOf(error); // still starting
    }
    if (Date.now() > deadline) {
      throw new SetupError(
        'component_failed',
        `Temporal has no namespace "${namespace}", and it can't be made: ${reason}`,
      );
    }
  }
}

async function isKnown(httpUrl: string, namespace: string): Promise<boolean> {
  const reply = await fetch(`${httpUrl}/api/v1/namespaces/${namespace}`, {
    signal: AbortSignal.timeout(5_000),
  });
  await reply.body?.cancel();
  return reply.ok;
}

async function register(httpUrl: string, namespace: string): Promise<string> {
  const reply = await fetch(`${httpUrl}/api/v1/namespaces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ namespace, workflowExecutionRetentionPeriod: `${RETENTION_DAYS * 86_400}s` }),
    signal: AbortSignal.timeout(5_000),
  });
  return reply.ok
    ? 'it was made and is not visible yet'
    : `it answered ${reply.status} ${await reply.text()}`;
}
