import type { Instance } from '@penstock/infra-local/instance-options';
import { createEncryptionCodec } from '@penstock/temporal/encryption-codec';
import { Client, Connection } from '@temporalio/client';
import type proto from '@temporalio/proto';

type Payload = proto.temporal.api.common.v1.IPayload;

/**
 * Everything that Temporal keeps of this instance's workflows, as text: histories raw and with every payload decrypted (inputs, results,
 * failures, memos, search attributes, heartbeats).
 */
export async function allHistories(
  instance: Instance,
): Promise<{ raw: string; decoded: string; workflows: number }> {
  const key = Buffer.from(instance.environment['PENSTOCK_SECRET_KEY'] ?? '', 'base64');
  const codec = createEncryptionCodec(key);
  const connection = await Connection.connect({ address: instance.temporalAddress });
  try {
    const client = new Client({ connection, namespace: instance.temporalNamespace });
    const texts: string[] = [];
    const payloads: Payload[] = [];
    let workflows = 0;
    for await (const execution of client.workflow.list()) {
      workflows += 1;
      const handle = client.workflow.getHandle(execution.workflowId, execution.runId);
      const history = await handle.fetchHistory();
      collect([history, execution.raw, (await handle.describe()).raw], payloads);
      texts.push(JSON.stringify(history), JSON.stringify(execution.raw));
    }
    const opened = await codec.decode(payloads.filter((payload) => payload.data && payload.metadata));
    const decoded = opened.map((payload) => Buffer.from(payload.data ?? []).toString('utf8')).join('\n');
    return { raw: texts.join('\n'), decoded, workflows };
  } finally {
    await connection.close();
  }
}

/** Every payload anywhere below a value. */
function collect(value: unknown, found: Payload[], seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value) || value instanceof Uint8Array) return;
  seen.add(value);
  // Safe: nothing else in these messages has both.
  if ('metadata' in value && 'data' in value) found.push(value as Payload);
  for (const inner of Object.values(value)) collect(inner, found, seen);
}
