import type { Instance } from '@penstock/infra-local/instance-options';
import { openTemporalClient } from '@penstock/temporal/connect';
import type { Client } from '@temporalio/client';

const BEAT_MS = 3_000;

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

/**
 * Actions of the runs over lists, as Temporal bills them, by what they are for: starts, rounds, activities with each attempt, timers, signals,
 * markers (local activities). Heartbeats are in no history: as many are counted as a worker makes at most in the time an activity took.
 */
export async function temporalActions(instance: Instance): Promise<Map<string, number>> {
  const { client, close } = openTemporalClient({
    address: instance.temporalAddress,
    namespace: instance.temporalNamespace,
    secretKey: instance.environment['PENSTOCK_SECRET_KEY'] ?? '',
  });
  const actions = new Map<string, number>();
  try {
    for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = 'enrichList'` }))
      for (const [what, count] of countedIn(
        await client.workflow.getHandle(workflowId, runId).fetchHistory(),
      ))
        actions.set(what, (actions.get(what) ?? 0) + count);
  } finally {
    await close();
  }
  return actions;
}

function countedIn({ events }: History): [string, number][] {
  const counted: [string, number][] = [];
  const startedMs = new Map<string, number>();
  for (const event of events ?? []) {
    const atMs = Number(event.eventTime?.seconds ?? 0) * 1_000;
    const started = event.activityTaskStartedEventAttributes;
    const ended = event.activityTaskCompletedEventAttributes ?? event.activityTaskFailedEventAttributes;
    if (event.workflowExecutionStartedEventAttributes) counted.push(['workflow rounds', 1]);
    if (event.timerStartedEventAttributes) counted.push(['timers', 1]);
    if (event.workflowExecutionSignaledEventAttributes) counted.push(['signals', 1]);
    if (event.markerRecordedEventAttributes) counted.push(['local activities', 1]);
    if (started) {
      counted.push(['activities', started.attempt ?? 1]);
      startedMs.set(String(event.eventId), atMs);
    }
    if (ended) {
      const tookMs = atMs - (startedMs.get(String(ended.startedEventId)) ?? atMs);
      counted.push(['heartbeats at most', 1 + Math.ceil(tookMs / BEAT_MS)]);
    }
  }
  return counted;
}
