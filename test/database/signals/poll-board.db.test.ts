import { createAccount } from '@penstock/accounts/identify-company';
import { invariant } from '@penstock/kernel/invariant';
import { boardNameOf, boardVendorOf } from '@penstock/sandbox/simulators/job-boards/board-book';
import { scoringPort } from '@penstock/scoring/rescore';
import {
  publishWatchRules,
  readWatchRules,
  saveWatchRulesDraft,
} from '@penstock/signals/operations/manage-watch-rules';
import { testWatchRules } from '@penstock/signals/operations/test-watch-rules';
import { watchBoard } from '@penstock/signals/operations/watch-board';
import { pollBoard, type BoardReport } from '@penstock/signals/poll-board';
import type { SourceReply } from '@penstock/signals/source-port';
import { boardAdapters } from '@penstock/sources/boards/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const HOUR_MS = 3_600_000;

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

type Watched = { accountId: string; boardId: string; domain: string; source: string };

/** An account of the invented world with its board watched; `at` chooses the vendor. */
async function watched(at: number): Promise<Watched> {
  const company = world.sandbox.world.companies[at];
  invariant(company, 'the world has companies');
  const { name, domain } = company;
  const mention = { name, formerNames: [], domain, ids: [], country: null, region: null, city: null };
  const now = fixture.clock.now();
  const accountId = await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    createAccount(tx, mention, { state: 'active', origin: 'manual', isTest: false, ownerId: null, now }),
  );
  const vendor = boardVendorOf(world.sandbox.world, company);
  const board = boardNameOf(company);
  const url = {
    greenhouse: `https://boards.greenhouse.io/${board}`,
    lever: `https://jobs.lever.co/${board}`,
    ashby: `https://jobs.ashbyhq.com/${board}`,
    smartrecruiters: `https://careers.smartrecruiters.com/${board}`,
    workable: `https://apply.workable.com/${board}/`,
    recruitee: `https://${board}.recruitee.com/`,
  }[vendor];
  const made = await fixture.run(fixture.admin, watchBoard, { accountId, url });
  return { accountId, boardId: made.boardId, domain, source: made.source };
}

async function look(
  { boardId, source }: Watched,
  spoil: (reply: SourceReply) => SourceReply = (reply) => reply,
): Promise<BoardReport> {
  fixture.clock.advanceMs(HOUR_MS);
  const adapter = boardAdapters.get(source);
  invariant(adapter, 'the vendor is known');
  const { store, clock, workspaceId } = fixture;
  return pollBoard(
    {
      store,
      clock,
      scoring: scoringPort,
      cadenceSeconds: null,
      fetch: async (board, request) => {
        const manifest = { ...adapter.manifest, host: adapter.manifest.host.replace('{board}', board) };
        return spoil(await world.outside.fetchFromSource('sandbox', { manifest }, request));
      },
    },
    adapter,
    { workspaceId, boardId },
  );
}
const signals = ({ accountId }: Watched, kind: string) =>
  steps.rows<{ summary: string; url: string; quote: string }>(
    'select s.summary, e.url, e.quote from signal s join evidence e on e.signal_id = s.id where s.account_id = $1 and s.kind = $2',
    accountId,
    kind,
  );
const health = async ({ boardId }: Watched) =>
  (
    await steps.rows<{ health: string; lastFault: string }>(
      'select health, last_fault as "lastFault" from job_board where id = $1',
      boardId,
    )
  )[0];

it.each([0, 1, 2, 3, 4, 5])(
  'vendor %i: what was there is the baseline, an opening posted later is told once',
  async (at) => {
    const board = await watched(at);
    expect(await look(board)).toMatchObject({ signals: 0, fault: '' });
    world.sandbox.control.postJob(board.domain, {
      title: 'Director of Revenue Operations',
      department: 'Revenue',
    });
    const { openings } = await look(board);
    expect(openings).toBeGreaterThan(3);
    await look(board);
    const told = (await signals(board, 'hiring')).filter(({ summary }) =>
      summary.includes('Director of Revenue Operations'),
    );
    expect(told).toMatchObject([
      { quote: 'Director of Revenue Operations', url: expect.stringMatching(/^https:/) },
    ]);
  },
);

it('an outage, half an answer, a page in another shape and another company’s board tell nothing and are shown', async () => {
  const board = await watched(6);
  await look(board);
  const spoilt: [string, (reply: SourceReply) => SourceReply][] = [
    ['unavailable', (reply) => ({ ...reply, status: 503, body: '' })],
    ['malformed', (reply) => ({ ...reply, body: reply.body.slice(0, reply.body.length / 2) })],
    ['malformed', (reply) => ({ ...reply, body: '{"jobs":{}}' })],
    [
      'malformed',
      (reply) => ({
        ...reply,
        body: reply.body.replaceAll(/"company_name":"[^"]+"/g, '"company_name":"Somebody Else"'),
      }),
    ],
  ];
  for (const [fault, spoil] of spoilt) {
    expect((await look(board, spoil)).fault).toContain(fault);
    expect(await health(board)).toMatchObject({
      health: 'failing',
      lastFault: expect.stringContaining(fault),
    });
  }
  expect((await look(board)).fault).toBe('');
  expect(await health(board)).toMatchObject({ health: 'healthy', lastFault: '' });
  expect(await signals(board, 'hiring_freeze')).toEqual([]);
  expect(
    await steps.rows(
      'select key from job_opening where board_id = $1 and gone_at is not null',
      board.boardId,
    ),
  ).toEqual([]);
});

it('a board that is taken down is a freeze after two looks, and ends the hiring told before', async () => {
  const board = await watched(12);
  await look(board);
  for (const title of ['RevOps Lead', 'Sales Operations Manager', 'Deal Desk Manager'])
    world.sandbox.control.postJob(board.domain, { title });
  await look(board);
  expect((await signals(board, 'hiring')).length).toBeGreaterThanOrEqual(3);
  fixture.clock.advanceMs(1_000);
  world.sandbox.control.closeBoard(board.domain);
  expect((await look(board)).signals).toBe(0);
  await look(board);
  expect(await signals(board, 'hiring_freeze')).toHaveLength(1);
  const open = await steps.rows(
    `select id from signal where account_id = $1 and kind = 'hiring' and expired_by_id is null`,
    board.accountId,
  );
  expect(open).toEqual([]);
});

it('the first opening in another country is an expansion', async () => {
  const board = await watched(24);
  await look(board);
  fixture.clock.advanceMs(25 * HOUR_MS);
  world.sandbox.control.postJob(board.domain, { title: 'Office Manager', city: 'Tokyo', country: 'JP' });
  await look(board);
  expect(await signals(board, 'expansion')).toContainEqual(
    expect.objectContaining({ summary: expect.stringContaining('Japan') }),
  );
});

it('a link that names no board, an unknown account and a board watched already are refused with the remedy', async () => {
  const { accountId, domain } = await watched(30);
  const watch = (input: { accountId: string; url: string }) => fixture.run(fixture.admin, watchBoard, input);
  await expect(watch({ accountId, url: 'https://acme.example/careers' })).rejects.toThrow(
    /no job board is named/,
  );
  await expect(watch({ accountId: fixture.workspaceId, url: 'https://jobs.lever.co/acme' })).rejects.toThrow(
    /no such account/,
  );
  await expect(
    watch({ accountId, url: `https://boards.greenhouse.io/${domain.replace('.example', '')}` }),
  ).rejects.toThrow(/watched already/);
});

it('a rule is tried on the openings of the last 90 days before it is saved, published, and rolled back', async () => {
  const board = await watched(36);
  await look(board);
  world.sandbox.control.postJob(board.domain, { title: 'Quantum Barista' });
  await look(board);
  const { published } = await fixture.run(fixture.admin, readWatchRules, {});
  const body = {
    ...published,
    jobs: [
      {
        name: 'Baristas',
        titles: ['quantum barista'],
        notTitles: [],
        departments: [],
        countries: [],
        seniority: 'any' as const,
        strength: 0.5,
      },
    ],
  };
  const tried = await fixture.run(fixture.admin, testWatchRules, { body });
  expect(tried).toMatchObject({
    hits: 1,
    accounts: 1,
    gained: 1,
    rules: [{ name: 'Baristas', hits: 1, accounts: 1, gained: 1 }],
    examples: [{ title: 'Quantum Barista', accountId: board.accountId, isGained: true, isBaseline: false }],
  });
  expect(tried.lost).toBeGreaterThan(0);
  const twice = { ...body, jobs: [...body.jobs, ...body.jobs] };
  await expect(fixture.run(fixture.admin, testWatchRules, { body: twice })).rejects.toThrow(/two rules/);
  const { versionId } = await fixture.run(fixture.admin, saveWatchRulesDraft, { body, note: 'coffee' });
  await fixture.run(fixture.admin, publishWatchRules, { versionId, note: 'coffee' });
  world.sandbox.control.postJob(board.domain, { title: 'Senior Quantum Barista' });
  world.sandbox.control.postJob(board.domain, { title: 'RevOps Lead' });
  await look(board);
  expect((await signals(board, 'hiring')).map(({ quote }) => quote)).toContain('Senior Quantum Barista');
  expect((await signals(board, 'hiring')).map(({ quote }) => quote)).not.toContain('RevOps Lead');
  const { versions } = await fixture.run(fixture.admin, readWatchRules, {});
  const first = versions.at(-1);
  invariant(first, 'the workspace began with a version');
  await fixture.run(fixture.admin, publishWatchRules, { versionId: first.versionId, note: 'back' });
  expect((await fixture.run(fixture.admin, readWatchRules, {})).published).toEqual(published);
});
