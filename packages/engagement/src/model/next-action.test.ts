import { buyingCommittee } from '@penstock/accounts/model/buying-committee';
import { DEFAULT_TITLE_RULES } from '@penstock/accounts/model/default-title-rules';
import { localTime } from '@penstock/accounts/model/local-time';
import { describe, expect, it } from 'vitest';

import { ago, FRUITLESS_ATTEMPTS, nextAction, type Situation, type Touch } from './next-action.ts';
import { orderContacts, whyThem, type Candidate } from './whom-to-call.ts';

const NOW = new Date('2026-11-23T15:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const ann: Candidate = {
  personId: 'ann',
  name: 'Ann Lee',
  title: 'Sales Manager',
  role: 'department_manager',
  seniority: 'manager',
  corrected: false,
  roleRule: null,
  engaged: false,
  engagedAt: null,
  reportsTo: null,
  doNotCall: false,
  email: 'ann@buyer.example',
  emailVerified: true,
  phone: '+1 202 555 0101',
  phoneLineType: 'mobile',
  localTime: localTime({ country: 'US', region: 'NY' }, NOW),
};
const at = (more: Partial<Situation> = {}): Situation => ({
  now: NOW,
  contact: ann,
  waitingSince: null,
  overdueStep: null,
  touches: [],
  seats: [],
  ...more,
});
const call = (days: number, outcome = 'no_answer'): Touch => ({
  kind: 'call',
  direction: 'out',
  outcome,
  personId: 'ann',
  at: daysAgo(days),
});
const night = localTime({ country: 'JP', region: null }, NOW);

describe('the next best action', () => {
  it('calls who waits, at once, and says since when', () => {
    expect(nextAction(at({ waitingSince: new Date(NOW.getTime() - 12 * 60_000) }))).toMatchObject({
      action: 'call',
      because: 'Ann Lee asked 12 minutes ago and nobody has answered',
    });
  });

  it('never calls who asked not to be called', () => {
    const contact = { ...ann, doNotCall: true };
    for (const waitingSince of [null, daysAgo(1)]) {
      const { action, because } = nextAction(at({ contact, waitingSince }));
      expect(action).toBe('write');
      expect(because).toContain('asked not to be called');
    }
    const unreachable = { ...contact, emailVerified: false };
    expect(nextAction(at({ contact: unreachable })).action).toBe('enrich');
  });

  it('writes while they sleep, or calls when they work again', () => {
    expect(nextAction(at({ contact: { ...ann, localTime: night } }))).toMatchObject({ action: 'write' });
    expect(nextAction(at({ contact: { ...ann, localTime: night, emailVerified: false } }))).toMatchObject({
      action: 'call_later',
      at: new Date('2026-11-23T23:00:00Z'),
    });
  });

  it('keeps a promise before it looks for new work, but not before who waits', () => {
    const overdueStep = { text: 'Send the comparison', dueAt: daysAgo(1) };
    expect(nextAction(at({ overdueStep }))).toMatchObject({
      action: 'keep_promise',
      label: 'Send the comparison',
    });
    expect(nextAction(at({ overdueStep, waitingSince: daysAgo(0.01) })).action).toBe('call');
  });

  it('asks for people or for their data where there are none', () => {
    expect(nextAction(at({ contact: null })).action).toBe('find_somebody');
    expect(nextAction(at({ contact: { ...ann, phone: null, emailVerified: false } })).action).toBe('enrich');
  });

  it('leaves somebody alone for two days', () => {
    expect(nextAction(at({ touches: [call(1)] }))).toMatchObject({ action: 'wait', at: daysAgo(-1) });
    expect(nextAction(at({ touches: [call(3)] })).action).toBe('call');
  });

  it('turns to somebody else after several attempts, but not where they answered in between', () => {
    const silent = Array.from({ length: FRUITLESS_ATTEMPTS }, (_, index) => call(3 + index));
    expect(nextAction(at({ touches: silent })).label).toBe('Find somebody else');
    expect(nextAction(at({ touches: [...silent, call(8, 'connected')] })).action).toBe('call');
    const { seats } = buyingCommittee(
      [
        {
          personId: 'bob',
          name: 'Bob Ray',
          title: 'CEO',
          correctedRole: null,
          engagedAt: null,
          reportsTo: null,
        },
      ],
      DEFAULT_TITLE_RULES,
      NOW,
    );
    expect(nextAction(at({ touches: silent, seats }))).toMatchObject({
      label: 'Try Bob Ray',
      personId: 'bob',
    });
  });
});

describe('whom to call', () => {
  const boss: Candidate = { ...ann, personId: 'boss', role: 'executive', seniority: 'chief' };
  const buyer: Candidate = { ...ann, personId: 'buyer', role: 'procurement' };
  const silent: Candidate = { ...ann, personId: 'silent', phone: null, emailVerified: false };
  const order = (people: Candidate[], askedBy: string | null = null) =>
    orderContacts(people, askedBy).map(({ personId }) => personId);

  it('is who asked, then who answered, then who has the problem and can be reached', () => {
    expect(order([buyer, silent, boss, ann])).toEqual(['ann', 'boss', 'buyer', 'silent']);
    expect(order([buyer, boss, ann], 'buyer')[0]).toBe('buyer');
    expect(order([{ ...buyer, engaged: true }, ann])[0]).toBe('buyer');
  });

  it('says why', () => {
    expect(whyThem(ann, null)).toBe('has the problem, has a usable number');
    expect(whyThem({ ...ann, doNotCall: true }, null)).toBe('has the problem, has a verified address');
    expect(whyThem(ann, 'ann')).toBe('asked us');
  });
});

it.each([
  [0.2, 'just now'],
  [1, '1 minute ago'],
  [119, '119 minutes ago'],
  [60 * 47, '47 hours ago'],
  [60 * 48, '2 days ago'],
])('%s minutes are %s', (minutes, words) => {
  expect(ago(new Date(NOW.getTime() - minutes * 60_000), NOW)).toBe(words);
});
