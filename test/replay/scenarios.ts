import { Context, heartbeat } from '@temporalio/activity';
import type { createAnswerLeadActivities } from '@penstock/workflows/answer-lead/activities';
import type { createEnrichContactActivities } from '@penstock/workflows/enrich-contact/activities';
import type { createEnrichListActivities } from '@penstock/workflows/enrich-list/activities';
import type { createSweepActivities } from '@penstock/workflows/sweep/activities';
import type { createWatchSourcesActivities } from '@penstock/workflows/watch-sources/activities';

type Activities = ReturnType<typeof createAnswerLeadActivities> &
  ReturnType<typeof createEnrichContactActivities> &
  ReturnType<typeof createEnrichListActivities> &
  ReturnType<typeof createWatchSourcesActivities> &
  ReturnType<typeof createSweepActivities>;

/** A way through a workflow that is worth keeping: what its activities answer, and what is done to it from outside. */
export type Scenario = {
  workflow: 'answer-lead' | 'enrich-contact' | 'enrich-list' | 'watch-sources' | 'sweep';
  type: 'answerLead' | 'enrichContact' | 'enrichList' | 'watchSources' | 'sweep';
  name: 'happy' | 'retried' | 'cancelled' | 'continued' | `earlier-${'happy' | 'retried' | 'cancelled'}`;
  /** Recorded by an earlier version, whose workflows may still be under way: never recorded again. */
  kept?: true;
  args: unknown[];
  activities: Partial<Activities>;
  /** Cancelled once it waits for this activity. */
  cancelAt?: keyof Activities;
};

const lead = {
  workspaceId: '00000000-0000-7000-8000-00000000000a',
  leadId: '00000000-0000-7000-8000-00000000000b',
};
const personId = '00000000-0000-7000-8000-00000000000c';
const contact = {
  workspaceId: lead.workspaceId,
  personId,
  leadId: lead.leadId,
  runId: '00000000-0000-7000-8000-00000000000d',
};

const done = {
  complete: true,
  stopReason: 'everything wanted is known and usable',
  calls: 2,
  retryAfterMs: null,
  parked: null,
};
const working: Partial<Activities> = {
  workLead: () => Promise.resolve({ personId, mayMail: true, mayEnrich: true }),
  sendWelcome: () => Promise.resolve('accepted'),
  sendWelcomePatiently: () => Promise.resolve('accepted'),
  recordEnriched: () => Promise.resolve(),
  settleLead: () => Promise.resolve(),
  runHere: () => Promise.resolve(done),
  pollDue: () => Promise.resolve({ polled: 1, nextDueInMs: 500 }),
  sweep: () => Promise.resolve({ leadsStarted: 0, mailsStranded: 0, callsStranded: 0, claimsReleased: 0 }),
};

const list = { workspaceId: lead.workspaceId, runId: contact.runId };

/** A run with two chunks at the first look, none at the next. */
function twoChunks(): Activities['openListWork'] {
  let looks = 0;
  return () => {
    looks += 1;
    return Promise.resolve(
      looks === 1 ? { chunks: [0, 1], atOnce: 2, halted: false } : { chunks: [], atOnce: 0, halted: true },
    );
  };
}
const chunkDone = { state: 'done', retryAfterMs: null } as const;

/** Fails the first time, then answers. */
function onceBroken<Answer>(answer: Answer): () => Promise<Answer> {
  let broken = true;
  return () => {
    if (!broken) return Promise.resolve(answer);
    broken = false;
    return Promise.reject(new Error('not this time'));
  };
}

/** Works until it is told to stop, as a long activity does. */
async function never(): Promise<never> {
  // A local activity hears of it without heartbeats.
  const beat = setInterval(() => !Context.current().info.isLocal && heartbeat(), 100);
  try {
    return await Context.current().cancelled;
  } finally {
    clearInterval(beat);
  }
}

export function scenarios(): Scenario[] {
  let round = 0;
  return [
    { workflow: 'answer-lead', type: 'answerLead', name: 'happy', args: [lead], activities: working },
    {
      workflow: 'answer-lead',
      type: 'answerLead',
      name: 'retried',
      args: [lead],
      activities: {
        ...working,
        workLead: onceBroken({ personId, mayMail: true, mayEnrich: true }),
        sendWelcome: () => Promise.resolve('try_again'),
        sendWelcomePatiently: onceBroken('accepted' as const),
      },
    },
    {
      workflow: 'answer-lead',
      type: 'answerLead',
      name: 'cancelled',
      args: [lead],
      activities: { ...working, runHere: never },
      cancelAt: 'runHere',
    },
    {
      workflow: 'enrich-contact',
      type: 'enrichContact',
      name: 'happy',
      args: [contact],
      activities: working,
    },
    {
      workflow: 'enrich-contact',
      type: 'enrichContact',
      name: 'retried',
      args: [contact],
      activities: {
        ...working,
        runHere: () => {
          round += 1;
          if (round === 1) return Promise.reject(new Error('not this time'));
          return Promise.resolve(round === 2 ? { ...done, complete: false, retryAfterMs: 50 } : done);
        },
      },
    },
    {
      workflow: 'enrich-contact',
      type: 'enrichContact',
      name: 'cancelled',
      args: [contact],
      activities: { ...working, runHere: never },
      cancelAt: 'runHere',
    },
    {
      workflow: 'enrich-contact',
      type: 'enrichContact',
      name: 'earlier-happy',
      kept: true,
      args: [contact],
      activities: working,
    },
    {
      workflow: 'enrich-contact',
      type: 'enrichContact',
      name: 'earlier-retried',
      kept: true,
      args: [contact],
      activities: working,
    },
    {
      workflow: 'enrich-contact',
      type: 'enrichContact',
      name: 'earlier-cancelled',
      kept: true,
      args: [contact],
      activities: working,
    },
    {
      workflow: 'enrich-list',
      type: 'enrichList',
      name: 'happy',
      args: [list],
      activities: { openListWork: twoChunks(), runChunk: () => Promise.resolve(chunkDone) },
    },
    {
      workflow: 'enrich-list',
      type: 'enrichList',
      name: 'retried',
      args: [list],
      activities: {
        openListWork: twoChunks(),
        runChunk: onceBroken({ state: 'later' as const, retryAfterMs: 50 }),
      },
    },
    {
      workflow: 'enrich-list',
      type: 'enrichList',
      name: 'cancelled',
      args: [list],
      activities: { openListWork: twoChunks(), runChunk: never },
      cancelAt: 'runChunk',
    },
    {
      workflow: 'enrich-list',
      type: 'enrichList',
      name: 'continued',
      args: [list],
      activities: {
        openListWork: twoChunks(),
        runChunk: () => Promise.resolve({ state: 'halted', retryAfterMs: null }),
      },
    },
    {
      workflow: 'watch-sources',
      type: 'watchSources',
      name: 'continued',
      args: [{ shard: 0, rounds: 2 }],
      activities: working,
    },
    {
      workflow: 'watch-sources',
      type: 'watchSources',
      name: 'retried',
      args: [{ shard: 0, rounds: 1 }],
      activities: { ...working, pollDue: onceBroken({ polled: 1, nextDueInMs: 500 }) },
    },
    {
      workflow: 'watch-sources',
      type: 'watchSources',
      name: 'cancelled',
      args: [{ shard: 0, rounds: 2 }],
      activities: { ...working, pollDue: never },
      cancelAt: 'pollDue',
    },
    { workflow: 'sweep', type: 'sweep', name: 'happy', args: [], activities: working },
    {
      workflow: 'sweep',
      type: 'sweep',
      name: 'retried',
      args: [],
      activities: {
        ...working,
        sweep: onceBroken({ leadsStarted: 1, mailsStranded: 0, callsStranded: 0, claimsReleased: 0 }),
      },
    },
    {
      workflow: 'sweep',
      type: 'sweep',
      name: 'cancelled',
      args: [],
      activities: { ...working, sweep: never },
      cancelAt: 'sweep',
    },
  ];
}
