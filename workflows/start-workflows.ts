import {
  ScheduleOverlapPolicy,
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  type Client,
} from '@temporalio/client';

import { answerLeadId } from './answer-lead/answer-lead-id.ts';
import type { answerLead } from './answer-lead/workflow.ts';
import { enrichListId } from './enrich-list/enrich-list-id.ts';
import type { enrichList } from './enrich-list/workflow.ts';
import type { sweep } from './sweep/workflow.ts';
import { TASK_QUEUE } from './task-queue.ts';
import { watchSourcesId } from './watch-sources/watch-sources-id.ts';
import type { watchSources } from './watch-sources/workflow.ts';

/** Starts the durable work of a lead, or joins it if it is under way. */
export async function startAnswerLead(
  client: Client,
  lead: { workspaceId: string; leadId: string },
): Promise<void> {
  await client.workflow.start<typeof answerLead>('answerLead', {
    taskQueue: TASK_QUEUE,
    workflowId: answerLeadId(lead.workspaceId, lead.leadId),
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    // How long a killed worker keeps a lead waiting before another takes it up.
    workflowTaskTimeout: '5s',
    args: [lead],
  });
}

/** Starts the durable work of a run over a list, or joins it if it is under way. */
export async function startEnrichList(
  client: Client,
  run: { workspaceId: string; runId: string },
): Promise<void> {
  await client.workflow.start<typeof enrichList>('enrichList', {
    taskQueue: TASK_QUEUE,
    workflowId: enrichListId(run.workspaceId, run.runId),
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    args: [run],
  });
}

/** The shards run for ever; starting one that runs is no error. */
export async function ensureWatchSources(client: Client, shards: number): Promise<void> {
  for (let shard = 0; shard < shards; shard += 1) {
    try {
      await client.workflow.start<typeof watchSources>('watchSources', {
        taskQueue: TASK_QUEUE,
        workflowId: watchSourcesId(shard),
        args: [{ shard }],
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}

/** Tells the watchers that something fell due just now. */
export async function wakeWatchSources(client: Client, shard: number): Promise<void> {
  await client.workflow.getHandle<typeof watchSources>(watchSourcesId(shard)).signal('wake');
}

const SWEEP_SCHEDULE = 'sweep';
const SWEEP_EVERY_MS = 15_000;
const CATCH_UP_MS = 60_000;

/** Brings the schedule of the sweep in line with the code: made if it is missing, updated if it differs. */
export async function reconcileSweep(client: Client): Promise<void> {
  const spec = { intervals: [{ every: SWEEP_EVERY_MS }] };
  const action = {
    type: 'startWorkflow' as const,
    workflowType: 'sweep',
    workflowId: 'sweep',
    taskQueue: TASK_QUEUE,
  };
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP_MS };
  const handle = client.schedule.getHandle(SWEEP_SCHEDULE);
  try {
    await handle.update((previous) => ({
      ...previous,
      spec,
      action,
      policies: { ...previous.policies, ...policies },
    }));
  } catch {
    await client.schedule.create<typeof sweep>({ scheduleId: SWEEP_SCHEDULE, spec, action, policies });
  }
}
