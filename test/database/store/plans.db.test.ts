import { withConnection } from '@penstock/infra-local/postgres-connection';
import { openDueWork } from '@penstock/store/open-due-work';
import { seedAccounts } from '@penstock/store/seed-accounts';
import type { Parameter } from '@penstock/store/tx';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { modelScore } from '../model-score.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { everyStatement } from './statement-modules.ts';

const ACCOUNTS = 200_000;

let fixture: WorkspaceFixture;
beforeAll(async () => {
  fixture = await workspaceFixture();
  const { database, workspaceId, clock } = fixture;
  await seedAccounts({
    url: database.urls.admin,
    workspaceId,
    count: ACCOUNTS,
    now: clock.now(),
    score: modelScore,
  });
  await withConnection(database.urls.admin, (client) =>
    client.query(GROWN.replaceAll('$ws', `'${workspaceId}'`).replaceAll('$form', `'${fixture.formId}'`)),
  );
}, 120_000);
afterAll(() => fixture[Symbol.asyncDispose]());

/** What grows beside the accounts: deals, leads, mails, calls, events; all but a few of each are settled. */
const GROWN = `
  set session_replication_role = replica;
  insert into deal (workspace_id, id, account_id, owner_id, name, pipeline_version_id, stage, stage_type, state, value_minor, currency, source, stage_entered_at, created_at, updated_at)
    select workspace_id, gen_random_uuid(), id, 'ada-rep', 'Deal', gen_random_uuid(), 'prospecting', 'open', 'active', 100, 'USD', 'inbound', updated_at, updated_at, updated_at from account limit 20000;
  insert into person (workspace_id, id, account_id, email_key, origin, created_at, updated_at)
    select workspace_id, gen_random_uuid(), id, 'someone@' || domain, 'import', updated_at, updated_at from account;
  insert into visible_value (workspace_id, subject_id, subject_kind, field, value, observation_id, provider, usable, chosen_because, observed_at, updated_at)
    select workspace_id, id, 'person', 'work_email', email_key, id, 'p', true, '', updated_at, updated_at from person;
  insert into lead (workspace_id, id, form_id, account_id, state, intent, email, received_at, recorded_at, settled_at)
    select workspace_id, gen_random_uuid(), $form, id, 'routed', 'demo_request', domain, updated_at, updated_at, case when employee_count > 100 then updated_at end from account limit 50000;
  insert into outgoing_mail (workspace_id, id, purpose, lead_id, member_id, from_name, from_address, to_name, to_address, subject, body_text, message_id, state, created_at, sending_at)
    select workspace_id, gen_random_uuid(), 'welcome', id, 'ada-rep', '', '', '', '', '', '', '', 'accepted', received_at, received_at from lead;
  insert into spend_ledger (workspace_id, id, call_key, run_id, person_id, credential_id, provider, capability, state, reserved_micros, budget_ids, reserved_at)
    select workspace_id, id, id::text, id, id, id, 'p', 'c', 'charged', 1, '{}', updated_at from account limit 50000;
  insert into outbox_event (workspace_id, id, kind, payload, position, recorded_at)
    select workspace_id, id, 'score.changed', '{}', nextval('outbox_position'), updated_at from account limit 100000;
  analyze;`;

const BIG =
  /^(person|visible_value|account|account_name_key|external_id|account_score|queue_item|lead|outgoing_mail|(spend_ledger|outbox_event)_202611)$/;

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };
const scanned = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && BIG.test(plan['Relation Name'] ?? '')
    ? [plan['Relation Name'] ?? '']
    : []),
  ...(plan.Plans ?? []).flatMap(scanned),
];

// Empty partitions may be read whole.
/** Big tables that a statement reads from end to end, with these values and, as after some uses of a named statement, without any. */
async function readsWhole(client: pg.Client, text: string, values: readonly unknown[]): Promise<string[]> {
  const planned = async (query: string, parameters: unknown[]) => {
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(query, parameters);
    return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan: plan }) => scanned(plan)));
  };
  return [
    ...(await planned(`explain (format json) ${text}`, [...values])),
    ...(await planned(`explain (generic_plan, format json) ${text}`, [])),
  ];
}

const one = 'b7f5a4c0-0000-7000-8000-000000000001';
const HOT: Record<string, readonly Parameter[][]> = {
  rank_queue: [
    [1, null, 'all', 'ada-rep', '', false, 0, 60, null, 0, false],
    [1, ['ada-rep'], 'unclaimed', 'ada-rep', '', false, 600, 60, null, 0, false],
    [0, null, 'all', 'ada-rep', '', false, 0, 60, null, 0, false],
    [1, ['ada-rep'], 'mine', 'ada-rep', '', true, 0, 60, null, 0, false],
    [1, null, 'all', 'ada-rep', '', false, 0, 60, [one, one], 1, true],
    [1, null, 'all', 'ada-rep', '\namber ridge 1200', false, 0, 60, null, 0, false],
  ],
  rank_defined_queue: [
    [1, null, 'all', 'ada-rep', '', false, 0, 85, null, 1, true, 'any', null, 30],
    [
      1,
      ['ada-rep'],
      'unclaimed',
      'ada-rep',
      '',
      false,
      0,
      85,
      null,
      0,
      true,
      'without_open',
      ['funding'],
      null,
    ],
  ],
  any_open_tests: [[null], [['ada-rep']]],
  read_queue_item: [[one, null]],
  accounts_named_for_queue: [['amber', 'amber\uFFFF', 500]],
  signals_of_accounts_since: [[[one], new Date(), one]],
  rebuild_masses: [[one, ['visit', 'funding'], [7, 90], null]],
  newest_signals_of_kinds: [[one, ['visit', 'funding']]],
  ranked_candidates: [[2_000]],
  decided_deals_with_signals: [[1_000]],
  show_queue_items: [[[one]]],
  read_lead: [[one, null]],
  complete_item_of_lead: [[one, new Date()]],
  accounts_of_icp_build_batch: [[one, one]],
  write_built_fits: [[one, one, '[]']],
  drop_scores_of_a_build: [[one, one, 5_000]],
  people_by_address: [[['a@b.example'], ['a@b.example']]],
  read_deals: [
    [null, '', '', '', '', null, 'signal', [], 0, 200],
    [null, '', '', '', '', [one], 'signal', [], 0, 200],
  ],
  lock_queue_items_to_claim: [[[one]]],
  read_queue_items: [[[one]]],
  claim_queue_items: [[[one], ['ada-rep'], new Date(), new Date()]],
  sum_masses_of_accounts: [[[0.5], [1], new Date(), one, ['visit'], [7], [1e-6], [one]]],
  account_by_external_id: [['dns', 'domain', 'company-77.example']],
  accounts_by_name_key: [[['amber ridge 100'], ['~<aamb']]],
  read_accounts_for_scoring: [[[one]]],
  lock_accounts_for_scoring: [[[one]]],
  read_accounts: [[['active'], '', '', '', new Date('9999-01-01'), one, 50]],
  move_queue_priorities: [[[one], [1], new Date()]],
  open_lead_of_address: [['a@b.example', one, false, new Date()]],
  read_leads: [[null, 'all', 'ada-rep', new Date('9999-01-01'), one, 50]],
  read_calls_of_person: [[one]],
};

it.each(Object.entries(HOT))(
  `%s takes an index on ${ACCOUNTS.toLocaleString('en')} accounts`,
  async (name, uses) => {
    const { registered } = await everyStatement();
    const text = registered.find((statement) => statement.name === name)?.text ?? '';
    const whole = await withConnection(fixture.database.urls.app, async (client) => {
      await client.query(`select set_config('penstock.workspace_id', $1, false)`, [fixture.workspaceId]);
      const found: string[] = [];
      for (const values of uses)
        found.push(...(await readsWhole(client, text, [fixture.workspaceId, ...values])));
      return found;
    });
    expect(whole).toEqual([]);
  },
);

it('what falls due is found by an index', async () => {
  const asked: { name: string; text: string; values: unknown[] }[] = [];
  const listening = {
    query: (query: (typeof asked)[number]) => Promise.resolve({ rows: asked.push(query) > 0 ? [] : [] }),
  };
  // Safe: only `query` is called by what is asked here.
  const due = openDueWork(listening as unknown as pg.Pool);
  const at = new Date();
  await due.unsettledLeads(at, 100);
  await due.strandedMails(at, 100);
  await due.strandedCalls(at, 100);
  await due.expiredClaims(at, 100);
  await due.numberEvents(100);
  await due.eventsAfter(99_990, 100);
  await due.lastPosition();
  expect(asked).toHaveLength(7);
  const whole = await withConnection(fixture.database.urls.due, async (client) => {
    const found: string[] = [];
    for (const { name, text, values } of asked)
      for (const table of await readsWhole(client, text, values)) found.push(`${name}: ${table}`);
    return found;
  });
  expect(whole).toEqual([]);
});
