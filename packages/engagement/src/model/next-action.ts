import type { CommitteeSeat } from '@penstock/accounts/model/buying-committee';

import { reachOf, type Candidate } from './whom-to-call.ts';

/** The next best action for a queue item, with its reason (R043): rules that can be read, in the order in which they are asked. */

export type NextAction = {
  action: 'call' | 'write' | 'call_later' | 'keep_promise' | 'find_somebody' | 'enrich' | 'widen' | 'wait';
  label: string;
  because: string;
  personId: string | null;
  /** When, for what is not for now. */
  at: Date | null;
};

export type Situation = {
  now: Date;
  contact: Candidate | null;
  /** Since when somebody waits for an answer of ours; null if nobody does. */
  waitingSince: Date | null;
  /** What was promised on an open deal and is late. */
  overdueStep: { text: string; dueAt: Date } | null;
  touches: readonly Touch[];
  seats: readonly CommitteeSeat[];
};
export type Touch = {
  kind: 'call' | 'mail' | 'meeting' | 'note' | 'task';
  direction: 'in' | 'out' | 'none';
  outcome: string;
  personId: string | null;
  at: Date;
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** After so many attempts without an answer within the time below, another person is tried. */
export const FRUITLESS_ATTEMPTS = 3;
const FRUITLESS_WITHIN_DAYS = 21;
/** Nobody is written to again sooner than this. */
const PAUSE_DAYS = 2;

const UNANSWERED = new Set(['', 'no_answer', 'voicemail', 'wrong_number']);

export function nextAction(situation: Situation): NextAction {
  const { contact, now, overdueStep, waitingSince } = situation;
  const make = (
    action: NextAction['action'],
    label: string,
    because: string,
    at: Date | null = null,
  ): NextAction => ({ action, label, because, personId: contact?.personId ?? null, at });
  if (waitingSince !== null && contact)
    return reach(contact, make, `${contact.name} asked ${ago(waitingSince, now)} and nobody has answered`);
  if (overdueStep)
    return make(
      'keep_promise',
      overdueStep.text,
      `The next step of the open deal was due ${ago(overdueStep.dueAt, now)}`,
      overdueStep.dueAt,
    );
  if (!contact)
    return make('find_somebody', 'Find somebody to talk to', 'Nobody is known at this account yet');
  const attempts = fruitless(situation, contact.personId);
  if (attempts >= FRUITLESS_ATTEMPTS) return widen(situation, make, attempts);
  const last = lastTouch(situation);
  if (last && now.getTime() - last.at.getTime() < PAUSE_DAYS * DAY_MS)
    return make(
      'wait',
      'Give it a day or two',
      `Last touched ${ago(last.at, now)}; snooze it until something new happens`,
      new Date(last.at.getTime() + PAUSE_DAYS * DAY_MS),
    );
  if (reachOf(contact) === 0)
    return make('enrich', `Enrich ${contact.name}`, 'No usable number and no verified address are known');
  return reach(contact, make, because(contact));
}

type Make = (action: NextAction['action'], label: string, because: string, at?: Date | null) => NextAction;

/** Call where it is allowed and working time, else write, else call later; the reason says what stood against a call. */
function reach(contact: Candidate, make: Make, why: string): NextAction {
  const { name, localTime } = contact;
  const callable = contact.phone !== null && !contact.doNotCall;
  if (callable && (localTime === null || localTime.working)) {
    const unsure = localTime === null ? '; their local time is not known' : '';
    return make('call', `Call ${name}`, `${why}${unsure}`);
  }
  if (contact.doNotCall) return make('write', `Write to ${name}`, `${why}; asked not to be called`);
  if (contact.emailVerified) {
    const outside = callable && localTime ? `; it is ${clockOf(localTime)} there` : '; no usable number';
    return make('write', `Write to ${name}`, `${why}${outside}`);
  }
  if (callable && localTime)
    return make(
      'call_later',
      `Call ${name} in their working time`,
      `${why}; it is ${clockOf(localTime)} there`,
      localTime.worksAgainAt,
    );
  return make('enrich', `Enrich ${name}`, `${why}; no usable number and no verified address`);
}

const clockOf = ({ from, to }: { from: string; to: string }) => (from === to ? from : `${from} to ${to}`);

const because = (contact: Candidate): string =>
  contact.engaged ? 'They have answered us before' : 'The signals are fresh, and nobody has tried lately';

function fruitless({ touches, now }: Situation, personId: string): number {
  const since = now.getTime() - FRUITLESS_WITHIN_DAYS * DAY_MS;
  const recent = touches.filter((touch) => touch.personId === personId && touch.at.getTime() >= since);
  if (recent.some((touch) => touch.direction === 'in' || !UNANSWERED.has(touch.outcome))) return 0;
  return recent.filter(
    (touch) => touch.direction === 'out' && (touch.kind === 'call' || touch.kind === 'mail'),
  ).length;
}

function lastTouch({ touches }: Situation): Touch | undefined {
  return touches
    .filter(({ kind }) => kind === 'call' || kind === 'mail' || kind === 'meeting')
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
}

function widen({ contact, seats }: Situation, make: Make, attempts: number): NextAction {
  const tried = `${contact?.name ?? 'They'} did not answer ${attempts} times`;
  const other = seats
    .flatMap((seat) => seat.people)
    .find((person) => person.personId !== contact?.personId && person.role !== null);
  if (other) return { ...make('widen', `Try ${other.name}`, tried), personId: other.personId };
  const missing = seats.find((seat) => seat.state === 'missing');
  return make(
    'widen',
    missing ? `Find somebody else: no ${missing.label.toLowerCase()} is known` : 'Find somebody else',
    tried,
  );
}

/** `12 minutes ago`, `3 days ago`. */
export function ago(then: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - then.getTime()) / MINUTE_MS));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
  if (minutes < 2 * 1_440) return `${Math.floor(minutes / 60)} hours ago`;
  return `${Math.floor(minutes / 1_440)} days ago`;
}
