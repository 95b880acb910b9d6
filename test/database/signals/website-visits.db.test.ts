import { sealText } from '@penstock/kernel/seal';
import { readVisits, saveVisitsOperation } from '@penstock/signals/operations/manage-visits';
import { listSignals } from '@penstock/signals/operations/read-signals';
import { forgetOldVisits, lookUpNetwork, lookUpVisits } from '@penstock/signals/visits/look-up-visits';
import { networkHash, takeVisit } from '@penstock/signals/visits/take-visit';
import { visitDeps } from '@penstock/worker/slices/visits';
import { addressOf, hasName } from '@penstock/sandbox/simulators/ipinfo';
import { reverseName } from '@penstock/signals/model/visitor-host';
import { invariant } from '@penstock/kernel/invariant';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { outsideFixture, workerConfiguration, type OutsideFixture } from '../outside-fixture.ts';
import { MONDAY, SECRET_KEY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;
const save = saveVisitsOperation({ seal: (secret) => sealText(SECRET_KEY, secret) });

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
});
beforeEach(async () => {
  fixture.clock.set(MONDAY);
  world.sandbox.control.reset();
  for (const table of ['site_visit', 'visit_network']) await steps.rows(`delete from ${table}`);
  await fixture.run(fixture.admin, save, {
    active: true,
    allowedOrigins: ['https://www.ours.example'],
    ignoredPaths: ['/careers*'],
    ipToken: 'sandbox_ipinfo',
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const deps = () => {
  const { store, clock } = fixture;
  return visitDeps({
    store,
    clock,
    outside: world.outside,
    config: workerConfiguration(fixture, world.sandbox),
  });
};
const look = (address: string, path = '/docs', visitor = 'one-visitor-0001') =>
  takeVisit(
    { store: fixture.store, secretKey: SECRET_KEY },
    fixture.workspaceId,
    {
      visitor,
      url: `https://www.ours.example${path}?email=a@b.example`,
      referrer: 'https://search.example/?q=x',
      address,
      askable: true,
      isTest: false,
    },
    fixture.clock.now(),
  );
const visits = () =>
  steps.rows<{
    state: string;
    how: string;
    path: string;
    address_sealed: string | null;
    due_at: Date | null;
  }>('select state, how, path, address_sealed, due_at from site_visit order by id');
const told = async (domain: string) => {
  const [account] = await steps.rows<{ id: string }>('select id from account where domain = $1', domain);
  return account ? (await fixture.run(fixture.admin, listSignals, { accountId: account.id })).items : [];
};
const company = (named: boolean, skip = 0) => {
  const found = world.sandbox.world.companies.filter((one) => hasName(one) === named)[skip];
  const address = found ? addressOf(found) : null;
  invariant(found && address, 'the world has such a company');
  return { ...found, address };
};

describe('a visitor', () => {
  it('is told apart by the name of their company’s network, which leads back; the address is kept no longer than that', async () => {
    const { address, domain } = company(true);
    await look(address);
    const [before] = await visits();
    expect(before).toMatchObject({
      state: 'waiting',
      path: '/docs',
      address_sealed: expect.stringMatching(/^v1\./),
    });
    await Promise.all([lookUpVisits(deps()), lookUpVisits(deps())]);
    expect(await visits()).toMatchObject([
      { state: 'matched', how: 'reverse_dns', address_sealed: null, due_at: null },
    ]);
    expect(await told(domain)).toMatchObject([
      {
        kind: 'visit',
        summary: `Somebody at ${domain} looked at /docs`,
        source: 'visits',
        evidence: { url: 'https://www.ours.example/docs' },
      },
    ]);
    expect(JSON.stringify(await steps.rows('select * from site_visit, visit_network'))).not.toContain(
      address,
    );
  });

  it('by an address of version 6, too, where its name leads back to it', async () => {
    const { domain } = company(true, 9);
    const { control } = world.sandbox;
    const [own, claimed] = ['2001:db8:85a3::8a2e:370:7334', '2001:db8:85a3::8a2e:370:7335'];
    for (const address of [own, claimed])
      control.setDns(reverseName(address) ?? '', 'PTR', [`gw6.${domain}`]);
    control.setDns(`gw6.${domain}`, 'AAAA', ['2001:0DB8:85a3:0000:0000:8a2e:0370:7334']);
    for (const address of [own, claimed]) await look(address);
    await lookUpVisits(deps());
    const [first, second] = await visits();
    expect(first).toMatchObject({ state: 'matched', how: 'reverse_dns', address_sealed: null });
    expect(second?.how).not.toBe('reverse_dns');
    expect(await told(domain)).toHaveLength(1);
  });

  it('whose name anybody could have made up is asked about at the vendor; one of a carrier is nobody’s', async () => {
    const named = company(true, 1);
    world.sandbox.control.setDns(`gw.${named.domain}`, 'A', ['192.0.2.250']);
    const silent = company(false);
    for (const address of [named.address, silent.address, '203.0.113.9']) await look(address);
    await lookUpVisits(deps());
    expect((await visits()).map(({ state, how }) => [state, how])).toEqual([
      ['matched', 'ip_data'],
      ['matched', 'ip_data'],
      ['excluded', 'carrier'],
    ]);
    expect(await told(silent.domain)).toMatchObject([{ account: { name: silent.name } }]);
  });

  it('is asked about once a day, within the limit of the day, and not at all without a token', async () => {
    const [first, second] = [company(false, 2), company(false, 3)];
    const settings = { active: true, allowedOrigins: ['https://www.ours.example'], dailyLookups: 1 };
    await fixture.run(fixture.admin, save, settings);
    await look(first.address);
    await look(first.address, '/pricing');
    await lookUpVisits(deps());
    await look(first.address, '/about');
    await look(second.address);
    await lookUpVisits(deps());
    expect((await visits()).map(({ how }) => how)).toEqual([
      'ip_data',
      'ip_data',
      'ip_data',
      'limit of the day',
    ]);
    expect((await fixture.run(fixture.admin, readVisits, {})).figures).toMatchObject({
      visits: 4,
      matched: 3,
      asked: 1,
    });
    await fixture.run(fixture.admin, save, { ...settings, ipToken: '' });
    fixture.clock.advanceMs(DAY_MS);
    await look(second.address);
    await lookUpVisits(deps());
    expect((await visits()).at(-1)).toMatchObject({ state: 'unmatched', how: 'no name' });
    const { workspaceId } = fixture;
    expect(networkHash(SECRET_KEY, workspaceId, first.address, MONDAY)).not.toBe(
      networkHash(SECRET_KEY, workspaceId, first.address, fixture.clock.now()),
    );
  });

  it('nobody answers for is asked about again, then forgotten', async () => {
    const { address, domain } = company(true, 2);
    world.sandbox.control.breakDns(true);
    await look(address);
    for (let round = 0; round < 6; round += 1) {
      await lookUpVisits(deps());
      if (round < 5) expect(await visits()).toMatchObject([{ state: 'waiting' }]);
      fixture.clock.advanceMs(10 * 60_000);
    }
    expect(await visits()).toMatchObject([
      { state: 'unknown', how: 'nobody answered', address_sealed: null },
    ]);
    expect(await told(domain)).toEqual([]);
    world.sandbox.control.breakDns(false);
    const network = networkHash(SECRET_KEY, fixture.workspaceId, address, MONDAY);
    expect(await lookUpNetwork(deps(), { workspaceId: fixture.workspaceId, network })).toBeNull();
  });

  it('of a company that is no account is proposed, or not, as RevOps wants; pages that do not count are not kept', async () => {
    const { address, domain } = company(true, 4);
    await fixture.run(fixture.admin, save, {
      active: true,
      allowedOrigins: ['https://www.ours.example'],
      proposes: false,
      ignoredPaths: ['/careers*'],
    });
    expect(await look(address, '/careers/engineer')).toBe(false);
    await look(address);
    await lookUpVisits(deps());
    expect(await visits()).toMatchObject([{ state: 'unmatched', how: 'no account' }]);
    expect(await told(domain)).toEqual([]);
  });
});

describe('what visits say', () => {
  it('is told once a day each: that somebody looks, at prices, and that several do', async () => {
    const { address, domain } = company(true, 5);
    for (let round = 0; round < 2; round += 1) {
      await look(address, '/docs', 'visitor-0000000001');
      await look(address, '/pricing/teams', 'visitor-0000000002');
      await look(address, '/docs', 'visitor-0000000003');
      await lookUpVisits(deps());
      fixture.clock.advanceMs(60_000);
    }
    expect((await told(domain)).map(({ summary }) => summary).toSorted()).toEqual([
      `3 people at ${domain} looked at the site within a week`,
      `Somebody at ${domain} looked at /docs`,
      `Somebody at ${domain} looked at prices (/pricing/teams)`,
    ]);
    fixture.clock.advanceMs(DAY_MS);
    await look(address, '/docs', 'visitor-0000000001');
    await lookUpVisits(deps());
    expect(await told(domain)).toHaveLength(4);
  });

  it('is kept for ninety days', async () => {
    await look(company(true, 6).address);
    await lookUpVisits(deps());
    fixture.clock.advanceMs(91 * DAY_MS);
    await forgetOldVisits(deps(), fixture.workspaceId);
    expect([await visits(), await steps.rows('select 1 from visit_network')]).toEqual([[], []]);
  });
});
