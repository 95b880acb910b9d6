import type { Instance } from '@penstock/infra-local/instance-options';
import { createEncryptionCodec } from '@penstock/temporal/encryption-codec';
import { Client, Connection } from '@temporalio/client';

import { payloadsIn } from '../workflow/payloads-in.ts';

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
    const kept: unknown[] = [];
    let workflows = 0;
    for await (const execution of client.workflow.list()) {
      workflows += 1;
      const handle = client.workflow.getHandle(execution.workflowId, execution.runId);
      const history = await handle.fetchHistory();
      kept.push(history, execution.raw, (await handle.describe()).raw);
      texts.push(JSON.stringify(history), JSON.stringify(execution.raw));
    }
    const opened = await codec.decode(payloadsIn(kept));
    const decoded = opened.map((payload) => Buffer.from(payload.data ?? []).toString('utf8')).join('\n');
    return { raw: texts.join('\n'), decoded, workflows };
  } finally {
    await connection.close();
  }
}
