import { insertActivity } from '@penstock/accounts/activity-statements';
import { workSubjectFor } from '@penstock/accounts/work-subject';
import { InstantInput, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import type { ScoringPort } from '@penstock/signals/scoring-port';
import { watchRules } from '@penstock/signals/watch-rules-document';
import type { DomainEvent } from '@penstock/store/outbox';
import { one, type Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../conversation-statements.ts';
import { AGAINST_US, nextStepOf, readTalk, strengthOfMood, type Point } from '../model/conversation.ts';

const Quote = plainText(400).pipe(z.string().min(1, 'is missing'));
const Side = z.enum(['us', 'them']).default('them');
const Who = z.uuid().nullish();

const Input = z
  .strictObject({
    /** The sender's own id of the talk: told once. */
    conversationId: plainText(200).pipe(z.string().min(1, 'is missing')),
    kind: z.enum(['call', 'meeting', 'mail']).default('call'),
    accountId: z.uuid(),
    dealId: z.uuid().nullish(),
    personId: Who,
    title: plainText(300).default(''),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .nullish(),
    occurredAt: InstantInput,
    /** Who said what; competitors, promises, questions and, where none are sent, moods are read in it (moods in English, German, French, Spanish and Dutch). It is not kept. */
    transcript: z
      .array(z.strictObject({ side: Side, personId: Who, text: plainText(20_000) }))
      .max(2_000, 'holds more than 2,000 parts')
      .default([]),
    /** What the sender has found itself. */
    competitors: z
      .array(z.strictObject({ name: plainText(80), side: Side, personId: Who, quote: Quote }))
      .max(20)
      .default([]),
    sentiments: z
      .array(z.strictObject({ personId: Who, mood: z.number().min(-1).max(1), quote: Quote }))
      .max(20)
      .default([]),
    commitments: z
      .array(z.strictObject({ side: Side, personId: Who, quote: Quote, dueAt: InstantInput.nullish() }))
      .max(50)
      .default([]),
    questions: z
      .array(z.strictObject({ side: Side, personId: Who, quote: Quote }))
      .max(50)
      .default([]),
  })
  .refine(
    (talk) =>
      [talk.transcript, talk.competitors, talk.sentiments, talk.commitments, talk.questions].some(
        (part) => part.length > 0,
      ),
    { path: ['transcript'], message: 'is missing, and nothing found in the talk was sent either' },
  );
type Sent = z.output<typeof Input>;

/** R030: what was said in a talk becomes risk and next steps on its deal. */
export function recordConversationOperation(deps: { scoring: ScoringPort }) {
  return command({
    name: 'deals.recordConversation',
    lane: 'hot',
    permission: 'activity.write',
    summary:
      'Tell of a talk: competitors named, moods, promises and questions. They become risk on the account’s deals and the deal’s next step.',
    input: Input,
    output: z.object({
      id: z.string(),
      repeated: z.boolean(),
      competitors: z.int(),
      commitments: z.int(),
      questions: z.int(),
      signals: z.int(),
      nextStep: z.boolean(),
    }),
    async run({ tx, actor, now }, sent) {
      if (sent.occurredAt > now)
        throw new DomainError('invalid', 'occurredAt: has not come yet. Send the talk when it is over.');
      const subject = subjectOf(sent);
      await workSubjectFor(tx, actor, subject);
      const id = newId(now);
      const audit = { action: 'conversation.recorded', subjectKind: 'conversation', subjectId: id };
      if (!(await insertTalk(tx, id, sent, now))) {
        const known = await one(tx, sql.findConversation, sent.conversationId);
        const nothing = { competitors: 0, commitments: 0, questions: 0, signals: 0, nextStep: false };
        return {
          output: { id: known.id, repeated: true, ...nothing },
          audit: { ...audit, subjectId: known.id },
        };
      }
      const { competitors } = await watchRules(tx);
      const points = pointsOf(
        sent,
        readTalk(sent.transcript.map(whose), competitors, sent.sentiments.length === 0),
      );
      const signals = await tellSignals(tx, points, { id, sent }, now, deps.scoring);
      await writePoints(tx, id, points, signals, now);
      await logTalk(tx, sent, actor.kind === 'member' ? actor.id : null, now);
      const nextStep = await fillStep(tx, subject.dealId, points, now);
      const count = (kind: Point['kind']) => points.filter((point) => point.kind === kind).length;
      const counts = {
        competitors: count('competitor'),
        commitments: count('commitment'),
        questions: count('question'),
        signals: signals.size,
      };
      return { output: { id, repeated: false, nextStep, ...counts }, audit, events: eventsOf(sent) };
    },
  });
}

const subjectOf = (sent: Sent) => ({
  accountId: sent.accountId,
  personId: sent.personId ?? null,
  leadId: null,
  dealId: sent.dealId ?? null,
});

function eventsOf({ accountId, dealId }: Sent): DomainEvent[] {
  const account: DomainEvent = { kind: 'account.changed', payload: { accountId, what: 'activity' } };
  return dealId ? [account, { kind: 'deal.changed', payload: { dealId, what: 'conversation' } }] : [account];
}

/** False for a talk that was told before. */
async function insertTalk(tx: Tx, id: string, sent: Sent, now: Date): Promise<boolean> {
  const { accountId, personId, dealId } = subjectOf(sent);
  const taken = await tx.rows(
    sql.insertConversation,
    id,
    sent.conversationId,
    accountId,
    dealId,
    personId,
    sent.title,
    sent.url ?? '',
    sent.occurredAt,
    now,
  );
  return taken.length > 0;
}

/** The talk on the account's timeline. */
async function logTalk(tx: Tx, sent: Sent, memberId: string | null, now: Date): Promise<void> {
  const { accountId, personId, leadId, dealId } = subjectOf(sent);
  await tx.rows(
    insertActivity,
    newId(now),
    sent.kind,
    accountId,
    personId,
    leadId,
    dealId,
    memberId,
    'in',
    sent.title || 'A talk',
    '',
    'connected',
    null,
    sent.occurredAt,
    now,
  );
}

async function fillStep(
  tx: Tx,
  dealId: string | null,
  points: readonly Point[],
  now: Date,
): Promise<boolean> {
  const step = nextStepOf(points);
  if (step === null || dealId === null) return false;
  return (await tx.rows(sql.fillNextStep, dealId, step.quote, step.dueAt, now)).length > 0;
}

const whose = <Part extends { personId?: string | null | undefined }>(part: Part) => ({
  ...part,
  personId: part.personId ?? null,
});

/** What the sender found goes before what we read; a competitor is told once. */
function pointsOf(sent: Sent, read: readonly Point[]): Point[] {
  const blank = { tool: '', mood: null, dueAt: null };
  const found: Point[] = [
    ...sent.competitors.map(({ name, ...part }) => ({
      ...blank,
      ...whose(part),
      kind: 'competitor' as const,
      tool: name,
    })),
    ...sent.sentiments.map((part) => ({
      ...blank,
      ...whose(part),
      kind: 'sentiment' as const,
      side: 'them' as const,
    })),
    ...sent.commitments.map((part) => ({
      ...blank,
      ...whose(part),
      kind: 'commitment' as const,
      dueAt: part.dueAt ?? null,
    })),
    ...sent.questions.map((part) => ({ ...blank, ...whose(part), kind: 'question' as const })),
  ];
  const keyOf = (point: Point) => `${point.kind} ${(point.tool || point.quote).toLowerCase()}`;
  const byKey = new Map([...found, ...read].toReversed().map((point) => [keyOf(point), point]));
  return [...byKey.values()].toReversed();
}

type Told = { id: string; sent: Sent };

/** One signal per competitor, and one for the worst mood. What was said stays with the talk: signals hold nothing of persons. */
async function tellSignals(
  tx: Tx,
  points: readonly Point[],
  { id, sent }: Told,
  now: Date,
  scoring: ScoringPort,
): Promise<Map<Point, string>> {
  const shared = {
    accountId: sent.accountId,
    source: 'conversation',
    isTest: false,
    occurredAt: sent.occurredAt,
    evidence: null,
  };
  const moods = points.filter(({ mood }) => mood !== null && mood <= AGAINST_US);
  const [worst] = moods.toSorted((a, b) => (a.mood ?? 0) - (b.mood ?? 0));
  const told: { point: Point; signal: NewSignal }[] = points
    .filter(({ kind }) => kind === 'competitor')
    .map((point) => ({
      point,
      signal: {
        ...shared,
        kind: 'competitive_evaluation',
        eventKey: `conversation/${id}/competitor/${point.tool.toLowerCase()}`,
        strength: point.side === 'them' ? SIGNAL_KINDS.competitive_evaluation.defaultStrength : 0.4,
        summary: `${point.tool} was named in a talk.`,
        facts: { tool: point.tool, namedBy: point.side === 'them' ? 'the customer' : 'us' },
      },
    }));
  if (worst)
    told.push({
      point: worst,
      signal: {
        ...shared,
        kind: 'negative_sentiment',
        eventKey: `conversation/${id}/mood`,
        strength: strengthOfMood(worst.mood ?? 0),
        summary: 'Somebody was unhappy in a talk.',
        facts: {
          mood: worst.mood,
          measured: sent.sentiments.length > 0 ? 'by the sender' : 'read in the words',
        },
      },
    });
  const recorded = await recordSignals(
    tx,
    told.map(({ signal }) => signal),
    now,
    scoring,
  );
  return new Map(
    told.flatMap(({ point, signal }) => {
      const found = recorded.find(({ eventKey }) => eventKey === signal.eventKey);
      return found ? [[point, found.id] as const] : [];
    }),
  );
}

async function writePoints(
  tx: Tx,
  id: string,
  points: readonly Point[],
  signals: ReadonlyMap<Point, string>,
  now: Date,
): Promise<void> {
  if (points.length === 0) return;
  await tx.rows(
    sql.insertPoints,
    id,
    points.map(() => newId(now)),
    points.map(({ kind }) => kind),
    points.map(({ side }) => side),
    points.map(({ personId }) => personId),
    points.map(({ quote }) => quote),
    points.map(({ tool }) => tool),
    points.map(({ mood }) => mood),
    points.map(({ dueAt }) => dueAt),
    points.map((point) => signals.get(point) ?? null),
  );
}
