import { describe, expect, it } from 'vitest';

import { judgeCriteria, type DealFacts } from './criterion.ts';
import { planMove } from './move.ts';
import { stageWarnings, TEMPLATE_A } from './stage.ts';

const now = new Date('2026-06-01T00:00:00Z');
const nothing: DealFacts = {
  now,
  messageSentAt: null,
  emailVerifiedBy: null,
  positiveReplyAt: null,
  callBookedFor: null,
  demoHeldAt: null,
  evidence: [],
};
const noted = (criterion: string, value = '') => ({
  criterion,
  kind: 'call_note' as const,
  quote: 'yes',
  value,
  by: 'Ana',
  occurredAt: now,
});

describe('planMove', () => {
  it('asks for the criteria of every stage that is jumped over', () => {
    expect(planMove(TEMPLATE_A, 'prospecting', 'qualified')?.requires).toEqual([
      'first_message_sent',
      'contact_email_verified',
      'positive_reply',
      'call_booked',
    ]);
  });

  it('R088: goes backward with a reason and without criteria', () => {
    expect(planMove(TEMPLATE_A, 'proposal', 'contacted')).toMatchObject({
      direction: 'backward',
      needsReason: true,
      requires: [],
    });
  });

  it('R065: a loss needs its reason', () => {
    expect(planMove(TEMPLATE_A, 'qualified', 'lost')).toMatchObject({ needsLostReason: true });
  });

  it('R084: a lost deal is not reopened past criteria that it never met', () => {
    const everyExit = TEMPLATE_A.stages.flatMap((stage) => stage.exit);
    expect(planMove(TEMPLATE_A, 'lost', 'won')).toMatchObject({ requires: everyExit, needsReason: true });
    expect(planMove(TEMPLATE_A, 'won', 'contacted')?.requires).toEqual([
      'first_message_sent',
      'contact_email_verified',
    ]);
    expect(planMove(TEMPLATE_A, 'lost', 'prospecting')?.requires).toEqual([]);
  });

  it('knows no move to a stage that does not exist', () => {
    expect(planMove(TEMPLATE_A, 'qualified', 'nowhere')).toBeNull();
  });
});

describe('judgeCriteria', () => {
  it('meets nothing without evidence', () => {
    const keys = TEMPLATE_A.stages.flatMap((stage) => stage.exit);
    expect(judgeCriteria(keys, nothing).filter((criterion) => criterion.met)).toEqual([]);
  });

  it('R062: a decision in 91 days is no timeline', () => {
    const timeline = (date: string) =>
      judgeCriteria(['timeline_within_90_days'], {
        ...nothing,
        evidence: [noted('timeline_within_90_days', date)],
      })[0];
    expect(timeline('2026-08-30')?.met).toBe(true);
    expect(timeline('2026-08-31')?.met).toBe(false);
    expect(timeline('soon')?.met).toBe(false);
    expect(timeline('2026-06-01')?.met).toBe(true);
    expect(timeline('2026-05-31')?.met).toBe(false);
  });

  it('never meets a criterion that nothing produces', () => {
    expect(judgeCriteria(['made_up'], nothing)[0]?.met).toBe(false);
  });
});

it('R087: warns of a stage named after a seller’s activity', () => {
  const contacted = TEMPLATE_A.stages.find((stage) => stage.key === 'contacted');
  expect(contacted && stageWarnings(contacted, TEMPLATE_A)).toHaveLength(1);
});
