import { createAccount } from '@penstock/accounts/identify-company';
import { invariant } from '@penstock/kernel/invariant';
import { scoringPort } from '@penstock/scoring/rescore';
import { listSources } from '@penstock/signals/operations/list-sources';
import {
  publishWatchRules,
  readWatchRules,
  saveWatchRulesDraft,
} from '@penstock/signals/operations/manage-watch-rules';
import { getSignal, listSignals } from '@penstock/signals/operations/read-signals';
import { pollDns } from '@penstock/signals/poll-dns';
import { SourceError } from '@penstock/signals/source-port';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const CADENCE_SECONDS = 3_600;
const RIVAL = 'v=spf1 include:mail.rivalforce.example ~all';

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
let watchId: string;
let account: { id: string; domain: string };
let made = 0;

beforeAll(async () => {
  fixture = await workspaceFixture();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
  const [watch] = await steps.rows<{ id: string }>(`select id from source_watch where source = 'dns'`);
  invariant(watch, 'a workspace watches DNS');
  watchId = watch.id;
  const { published } = await fixture.run(fixture.admin, readWatchRules, {});
  const competitors = [{ name: 'Rivalforce', mentions: [], records: ['include:mail.rivalforce.example'] }];
  const body = { ...published, competitors };
  const { versionId } = await fixture.run(fixture.admin, saveWatchRulesDraft, { body, note: '' });
  await fixture.run(fixture.admin, publishWatchRules, { versionId, note: 'rivals' });
});
beforeEach(async () => {
  world.sandbox.control.reset();
  await steps.rows('delete from dns_state');
  await steps.rows('update account set owner_id = null');
  made += 1;
  const domain = `records-${made}.example`;
  const mention = {
    name: `Records ${made}`,
    formerNames: [],
    domain,
    ids: [],
    country: null,
    region: null,
    city: null,
  };
  const as = {
    state: 'active',
    origin: 'manual',
    isTest: false,
    ownerId: 'ada-rep',
    now: fixture.clock.now(),
  } as const;
  const id = await fixture.store.inWorkspace(fixture.workspaceId, (tx) => createAccount(tx, mention, as));
  account = { id, domain };
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** One look at what is due, after a while. */
async function look() {
  const { store, clock, workspaceId } = fixture;
  clock.advanceMs(9 * CADENCE_SECONDS * 1_000);
  const web = world.outside.openWebOf(workspaceId);
  return pollDns(
    {
      store,
      clock,
      scoring: scoringPort,
      cadenceSeconds: CADENCE_SECONDS,
      resolve: (name, type) =>
        web.resolve(name, type).catch((cause: unknown) => {
          throw new SourceError('dns', 'unreachable', 'no answer', { cause });
        }),
    },
    { workspaceId, watchId },
  );
}
/** Two looks that agree: what is there from now on was there before. */
async function seenTwice(): Promise<void> {
  expect(await look()).toEqual({ looked: 1, signals: 0, failed: 0 });
  expect(await look()).toEqual({ looked: 1, signals: 0, failed: 0 });
}
const set = (type: string, ...records: string[]) =>
  world.sandbox.control.setDns(account.domain, type, records);
const told = async () =>
  (await fixture.run(fixture.admin, listSignals, { accountId: account.id })).items.map(
    ({ kind, summary }) => `${kind}: ${summary}`,
  );

it('what is there at first is the baseline; what two looks show later is told with the record, once', async () => {
  set('TXT', 'docusign=1');
  await seenTwice();
  set('TXT', 'docusign=1', RIVAL);
  world.sandbox.control.setDns(`support.${account.domain}`, 'CNAME', ['records.zendesk.com']);
  expect(await look()).toMatchObject({ signals: 0 });
  expect(await look()).toMatchObject({ signals: 2 });
  expect(await look()).toMatchObject({ signals: 0 });
  expect((await told()).toSorted()).toEqual([
    `competitive_install: Records ${made} has installed Rivalforce, which competes with us.`,
    `technology_adoption: Records ${made} has begun to use Zendesk.`,
  ]);
  const { items } = await fixture.run(fixture.admin, listSignals, {
    accountId: account.id,
    kind: 'competitive_install',
  });
  expect(await fixture.run(fixture.admin, getSignal, { id: items[0]?.id ?? '' })).toMatchObject({
    facts: { tool: 'Rivalforce', record: 'TXT' },
    sources: [{ quote: `txt ${RIVAL}`, url: expect.stringContaining(account.domain) }],
  });
});

it('a tool is dropped after two looks without it, not after one', async () => {
  set('TXT', 'docusign=1', RIVAL);
  await seenTwice();
  set('TXT', 'docusign=1');
  expect(await look()).toMatchObject({ signals: 0 });
  set('TXT', 'docusign=1', RIVAL);
  expect(await look()).toMatchObject({ signals: 0 });
  set('TXT', 'docusign=1');
  await look();
  expect(await look()).toMatchObject({ signals: 1 });
  expect(await told()).toEqual([
    `technology_adoption: Records ${made} has given up Rivalforce, which competes with us.`,
  ]);
});

it('a resolver that answers for somebody else once tells nothing, at first sight and later', async () => {
  set('TXT', 'stripe-verification=9');
  await look();
  set('TXT', 'docusign=1');
  await seenTwice();
  set('TXT', 'stripe-verification=9', RIVAL);
  await look();
  set('TXT', 'docusign=1');
  await look();
  await look();
  expect(await told()).toEqual([]);
});

it('an outage and an empty answer change nothing, are seen at the source, and pass', async () => {
  set('TXT', 'docusign=1');
  await seenTwice();
  world.sandbox.control.breakDns(true);
  expect(await look()).toEqual({ looked: 0, signals: 0, failed: 1 });
  const health = async () =>
    (await fixture.run(fixture.admin, listSources, {})).items.find(({ source }) => source === 'dns')?.health;
  expect(await health()).toBe('failing');
  world.sandbox.control.breakDns(false);
  set('TXT');
  expect(await look()).toMatchObject({ failed: 1, signals: 0 });
  set('TXT', 'docusign=1');
  expect(await look()).toEqual({ looked: 1, signals: 0, failed: 0 });
  expect(await health()).toBe('healthy');
  expect(await told()).toEqual([]);
});

it('a rule that is new makes no news of what was there, and accounts that nobody owns are not looked at', async () => {
  set('TXT', 'v=spf1 include:late.rival.example ~all');
  await seenTwice();
  const { published } = await fixture.run(fixture.admin, readWatchRules, {});
  const late = { name: 'Late rival', mentions: [], records: ['include:late.rival.example'] };
  const body = { ...published, competitors: [...published.competitors, late] };
  const { versionId } = await fixture.run(fixture.admin, saveWatchRulesDraft, { body, note: '' });
  await fixture.run(fixture.admin, publishWatchRules, { versionId, note: 'more' });
  expect(await look()).toMatchObject({ looked: 1, signals: 0 });
  await steps.rows('delete from dns_state');
  await steps.rows('update account set owner_id = null');
  expect(await look()).toEqual({ looked: 0, signals: 0, failed: 0 });
});
