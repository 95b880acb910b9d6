import { readAccount, readValues } from '@penstock/accounts/account-statements';
import { readReachablePeople, type ReachablePerson } from '@penstock/accounts/committee-statements';
import { buyingCommittee, committeeMember, type Committee } from '@penstock/accounts/model/buying-committee';
import { ROLE_LABELS } from '@penstock/accounts/model/buying-role';
import { localTime } from '@penstock/accounts/model/local-time';
import type { TitleRules } from '@penstock/accounts/model/title-rules';
import { suppressedOf } from '@penstock/accounts/suppression';
import { titleRules } from '@penstock/accounts/title-rules-document';
import { readItemFor } from '@penstock/scoring/operations/get-queue-item';
import type { QueueItemView } from '@penstock/scoring/queue-item-view';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { one, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../brief-statements.ts';
import { ItemBrief } from '../contracts.ts';
import { readFirstMessages } from '../first-message-statements.ts';
import { messageTemplates } from '../message-templates.ts';
import type { MailServers } from '../mail-port.ts';
import { draftMessages } from '../model/first-message.ts';
import { nextAction } from '../model/next-action.ts';
import { researchCard } from '../model/research-card.ts';
import { orderContacts, whyThem, type Candidate } from '../model/whom-to-call.ts';

type Brief = z.input<typeof ItemBrief>;
type Read = Awaited<ReturnType<typeof readAll>>;

const DAY_MS = 86_400_000;
const TRIED_DAYS = 180;
const MOST_CONTACTS = 6;
const MOST_RECIPIENTS = 50;
const MOST_PLAYS = 3;

/** What a rep wants to know before acting on an item: whom to call, the play, what was tried, what is known, a draft. */
export const briefItemOperation = (servers: MailServers) =>
  query({
    name: 'queue.brief',
    lane: 'hot',
    permission: 'queue.read',
    summary:
      'Before acting on an item: next best action, whom to call, the play, what was tried, research, drafts.',
    input: z.object({ id: z.uuid() }),
    output: ItemBrief,
    async run({ tx, actor, now }, { id }) {
      const item = await readItemFor(tx, actor, id, now);
      const read = await readAll(tx, actor, item, now);
      const committee = buyingCommittee(read.people, read.rules, now);
      const askedBy = item.lead ? (item.contact?.personId ?? null) : null;
      const contacts = orderContacts(
        read.people.map((person) => candidate(person, read, now)),
        askedBy,
      );
      const [contact] = contacts;
      const recipients = contacts.slice(0, MOST_RECIPIENTS).map((person) => viewRecipient(person, read));
      const overdue = read.deals.find(
        (deal) =>
          deal.stageType === 'open' &&
          deal.nextStep !== '' &&
          deal.nextStepDueAt !== null &&
          deal.nextStepDueAt < now,
      );
      return {
        asOf: now,
        action: nextAction({
          now,
          contact: contact ?? null,
          waitingSince: item.lead && item.lead.firstHumanTouchAt === null ? item.lead.receivedAt : null,
          overdueStep: overdue?.nextStepDueAt
            ? { text: overdue.nextStep, dueAt: overdue.nextStepDueAt }
            : null,
          touches: read.touches,
          seats: committee.seats,
        }),
        contacts: contacts.slice(0, MOST_CONTACTS).map((person) => viewContact(person, read.people, askedBy)),
        plays: playsOf(item, read.news),
        tried: triedOf(read.touches),
        research: researchCard({ ...read, gaps: gapsOf(committee) }),
        drafts: draftMessages(read.templates, byWeight(item, read.news), {
          givenName: (recipients.find(({ whyNot }) => whyNot === null) ?? contact)?.name.split(' ')[0] ?? '',
          company: item.account.name,
          repName: read.sender.name,
          workspaceName: read.sender.workspaceName,
        }),
        sent: read.sent.map(({ memberId, ...mail }) => ({ ...mail, mine: memberId === actor.id })),
        mailServer: servers(read.sender.kind),
        recipients,
      };
    },
  });

async function readAll(tx: Tx, actor: Actor, item: QueueItemView, now: Date) {
  const accountId = item.account.id;
  const owners = actor.visibleOwnerIds;
  const since = new Date(now.getTime() - TRIED_DAYS * DAY_MS);
  const [account, values, people, touches, deals, news, sender, templates, rules, sent] = await Promise.all([
    one(tx, readAccount, accountId),
    tx.rows(readValues, [accountId]),
    tx.rows(readReachablePeople, accountId, owners),
    tx.rows(sql.readTouches, accountId, since, owners),
    tx.rows(sql.readDealsOfAccount, accountId, owners),
    tx.rows(sql.readNewsOfAccount, accountId),
    one(tx, sql.readSender, actor.id),
    messageTemplates(tx),
    titleRules(tx),
    tx.rows(readFirstMessages, item.id),
  ]);
  const suppressed = await suppressedOf(
    tx,
    people.flatMap(({ email }) => email ?? []),
  );
  return { account, values, people, touches, deals, news, sender, templates, rules, sent, suppressed };
}

function candidate(
  person: ReachablePerson,
  { suppressed, rules }: { suppressed: ReadonlySet<string>; rules: TitleRules },
  now: Date,
): Candidate {
  const mayWrite = person.email !== null && !suppressed.has(person.email);
  return {
    ...committeeMember(person, rules, now),
    doNotCall: person.doNotCall,
    email: mayWrite ? person.email : null,
    emailVerified: mayWrite && person.emailUsable && person.emailVerification === 'valid',
    phone: person.phoneUsable ? person.phone : null,
    phoneLineType: person.phoneLineType,
    localTime: localTime(person, now),
  };
}

function viewContact(
  person: Candidate,
  rows: readonly ReachablePerson[],
  askedBy: string | null,
): Brief['contacts'][number] {
  const row = rows.find(({ personId }) => personId === person.personId);
  return {
    personId: person.personId,
    name: person.name,
    title: person.title,
    roleLabel: person.role === null ? null : ROLE_LABELS[person.role],
    engaged: person.engaged,
    why: whyThem(person, askedBy),
    email: person.email,
    emailVerification: row?.emailVerification ?? null,
    // Who asked not to be called has no number here: a call can't begin by accident.
    phone: person.doNotCall ? null : person.phone,
    phoneLineType: person.doNotCall ? null : person.phoneLineType,
    doNotCall: person.doNotCall,
    localTime: person.localTime,
  };
}

/** Somebody to write to, or why not. */
function viewRecipient(person: Candidate, { people, suppressed }: Read): Brief['recipients'][number] {
  const row = people.find(({ personId }) => personId === person.personId);
  const { personId, name, title } = person;
  const shown = { personId, name, title, email: person.email };
  if (row?.email && suppressed.has(row.email)) return { ...shown, whyNot: 'asked not to be written to' };
  if (person.email === null) return { ...shown, whyNot: 'has no mail address yet' };
  return { ...shown, whyNot: person.emailVerified ? null : 'the address is not verified: enrich first' };
}

/** News in the order of what its kind counts for in the score; kinds that count for nothing come last. */
function byWeight(item: QueueItemView, news: Read['news']): Read['news'] {
  const points = new Map(item.contributions.map((part) => [part.kind, part.points]));
  return news.toSorted((a, b) => (points.get(b.kind) ?? 0) - (points.get(a.kind) ?? 0));
}

function playsOf(item: QueueItemView, news: Read['news']): Brief['plays'] {
  const points = new Map(item.contributions.map((part) => [part.kind, part.points]));
  const facts = new Map(Object.entries(SIGNAL_KINDS));
  return byWeight(item, news)
    .flatMap((one) => {
      const kind = facts.get(one.kind);
      return kind
        ? [
            {
              kind: one.kind,
              label: kind.label,
              play: kind.play,
              points: points.get(one.kind) ?? 0,
              summary: one.summary,
              occurredAt: one.occurredAt,
              url: one.url,
            },
          ]
        : [];
    })
    .slice(0, MOST_PLAYS);
}

function triedOf(touches: Read['touches']): Brief['tried'] {
  const count = (kind: string) =>
    touches.filter((touch) => touch.kind === kind && touch.direction !== 'in').length;
  return {
    calls: count('call'),
    mails: count('mail'),
    meetings: count('meeting'),
    lines: touches
      .slice(0, 5)
      .flatMap(({ id, kind, direction, outcome, memberName, personName, at }) =>
        kind === 'call' || kind === 'mail' || kind === 'meeting'
          ? [{ id, kind, direction, outcome, by: memberName, person: personName, at }]
          : [],
      ),
  };
}

const gapsOf = (committee: Committee): string[] =>
  committee.seats
    .filter(({ state }) => state === 'missing')
    .map(({ role, label }) => (role === 'it' ? label : label.toLowerCase()));
