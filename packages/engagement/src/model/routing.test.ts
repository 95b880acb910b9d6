import { describe, expect, it } from 'vitest';

import { route, type Candidate, type Routing } from './routing.ts';

const routing: Routing = {
  rules: [
    { kind: 'account_owner', name: 'Owner of the account' },
    { kind: 'round_robin', name: 'Germany', countries: ['DE'], intents: [], teamId: 'dach' },
    { kind: 'round_robin', name: 'Everybody', countries: [], intents: [], teamId: null },
  ],
};
const rep = (memberId: string, more: Partial<Candidate> = {}): Candidate => ({
  memberId,
  name: memberId,
  teamId: 'west',
  active: true,
  takesLeads: true,
  lastAssignedAt: null,
  ...more,
});
const facts = { intent: 'demo_request', country: 'US', accountOwnerId: null };

describe('route', () => {
  it('gives a known account to its owner', () => {
    expect(route(routing, { ...facts, accountOwnerId: 'ben' }, [rep('ana'), rep('ben')])).toMatchObject({
      ownerId: 'ben',
      because: 'ben owns the account',
    });
  });

  it('passes over an owner who has left, and says so', () => {
    const decision = route(routing, { ...facts, accountOwnerId: 'ben' }, [
      rep('ana'),
      rep('ben', { active: false }),
    ]);
    expect(decision).toMatchObject({ ownerId: 'ana', rule: 'Everybody' });
    expect(decision.passedOver).toContain('Owner of the account: ben has left');
  });

  it('takes turns: who waited longest is next, equal waits by id', () => {
    const reps = [
      rep('ana', { lastAssignedAt: new Date(2_000) }),
      rep('ben', { lastAssignedAt: new Date(1_000) }),
      rep('cleo', { lastAssignedAt: new Date(1_000) }),
    ];
    expect(route(routing, facts, reps).ownerId).toBe('ben');
  });

  it('keeps a country to its team', () => {
    expect(
      route(routing, { ...facts, country: 'DE' }, [rep('ana'), rep('dora', { teamId: 'dach' })]).ownerId,
    ).toBe('dora');
  });

  it('leaves a lead to everybody when nobody takes leads', () => {
    expect(route(routing, facts, [rep('ana', { takesLeads: false })])).toMatchObject({
      ownerId: null,
      rule: 'fall-back queue',
    });
  });
});
