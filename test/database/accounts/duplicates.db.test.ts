import { createAccount, rememberIdentity } from '@penstock/accounts/identify-company';
import { soughtName } from '@penstock/accounts/item-names';
import { erasePerson } from '@penstock/accounts/operations/manage-personal-data';
import { mergeDuplicatesOperation, undoMergeOperation } from '@penstock/accounts/operations/merge-duplicates';
import {
  compareDuplicates,
  keepDuplicatesApart,
  listDuplicates,
  listMerges,
  lookForDuplicates,
} from '@penstock/accounts/operations/review-duplicates';
import { recordPerson } from '@penstock/accounts/record-person';
import { isSuppressed, suppress } from '@penstock/accounts/suppression';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { mergePort } from '@penstock/gateway/operations';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { FOLLOWERS, STAYERS } from '@penstock/store/followers';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { catalogueRows, columnsOf } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

const merge = mergeDuplicatesOperation(mergePort);
const undo = undoMergeOperation(mergePort);
const inStore = <Result>(work: Parameters<typeof fixture.store.inWorkspace<Result>>[1]) =>
  fixture.store.inWorkspace(fixture.workspaceId, work);
const account = (name: string, domain: string | null = null, city: string | null = null) =>
  inStore((tx) =>
    createAccount(
      tx,
      { name, formerNames: [], domain, ids: [], country: 'US', region: null, city },
      { state: 'active', origin: 'manual', isTest: false, ownerId: null, now: fixture.clock.now() },
    ),
  );
const person = async (email: string, name = 'Ann Example', accountId: string | null = null) => {
  const [givenName = '', familyName = ''] = name.split(' ');
  const mention = {
    email,
    givenName,
    familyName,
    country: null,
    accountId,
    origin: 'manual',
    isTest: false,
  } as const;
  return (await inStore((tx) => recordPerson(tx, mention, fixture.clock.now()))).id;
};
const signal = (accountId: string, eventKey: string) =>
  inStore((tx) =>
    recordSignals(
      tx,
      [
        {
          accountId,
          kind: 'funding',
          eventKey,
          strength: 0.6,
          summary: `Told of ${eventKey}`,
          facts: {},
          source: 'test',
          isTest: false,
          occurredAt: fixture.clock.now(),
          evidence: {
            url: 'https://x.example/1',
            quote: 'raised',
            quoteStart: 0,
            context: 'raised',
            contentHash: 'h',
            fetchedAt: fixture.clock.now(),
          },
        },
      ],
      fixture.clock.now(),
      scoringPort,
    ),
  );
const mentionOf = (name: string) => ({
  name,
  formerNames: [],
  domain: null,
  ids: [],
  country: null,
  region: null,
  city: null,
});
/** Accounts whose items can be found by what a name of theirs begins with. */
const itemsNamed = async (key: string) =>
  (
    await steps.rows<{ id: string }>(
      `select account_id as id from queue_item where state = 'open' and strpos(names, $1) > 0`,
      soughtName(key),
    )
  ).map(({ id }) => id);
const openPairs = async (kind: 'person' | 'account') =>
  (await fixture.run(fixture.admin, listDuplicates, { kind })).items;
const pairOf = async (kind: 'person' | 'account', one: string, other: string) =>
  (await openPairs(kind)).find(
    ({ first, second }) => [first.id, second.id].toSorted().join() === [one, other].toSorted().join(),
  );

/** All that points at the records, as the database has it; what changes with any change (times of change, numbers computed anew) aside. */
async function pictureOf(
  kind: 'person' | 'account',
  ids: readonly string[],
): Promise<Record<string, unknown[]>> {
  const picture: Record<string, unknown[]> = {};
  for (const { table, column } of [
    ...FOLLOWERS.filter(({ of }) => of === kind),
    { table: kind, column: 'id' },
  ]) {
    const rows = await catalogueRows<{ row: unknown }>(
      fixture.database,
      `select to_jsonb(t) - 'updated_at' - 'claimed_by' - 'claim_expires_at' as row from ${table} t where ${column}::text = any($1::text[]) order by to_jsonb(t)::text`,
      [ids],
    );
    picture[`${table}.${column}`] = rows.map(({ row }) => row);
  }
  const shown = await catalogueRows<{ row: unknown }>(
    fixture.database,
    `select to_jsonb(t) - 'updated_at' as row from visible_value t where subject_id::text = any($1::text[]) order by subject_id, field`,
    [ids],
  );
  return { ...picture, shown: shown.map(({ row }) => row) };
}

it('registers every column that points at a person or an account', async () => {
  const registered = [...FOLLOWERS.map(({ table, column }) => `${table}.${column}`), ...Object.keys(STAYERS)];
  const pointing = (await columnsOf(fixture.database))
    .map(({ table, name }) => `${table}.${name}`)
    .filter((name) => /\.(\w+_)?(person|account)_id$/.test(name));
  expect(pointing.filter((name) => !registered.includes(name))).toEqual([]);
});

it('finds people by address, and by name within a company; who is kept apart stays apart', async () => {
  const company = await account('Finders Keepers');
  const [one, same] = [
    await person('zoe.finch+demo@finders.example', 'Zoe Finch'),
    await person('zoe.finch@finders.example', 'Z Finch'),
  ];
  const [ann, other] = [
    await person('a.b@finders.example', 'Abel Bird', company),
    await person('abel@finders.example', 'Abel Bird', company),
  ];
  await fixture.run(fixture.admin, lookForDuplicates, {});
  expect(await pairOf('person', one, same)).toMatchObject({ reasons: ['same_address'] });
  expect(await pairOf('person', ann, other)).toMatchObject({ reasons: ['same_name_and_company'] });
  await fixture.run(fixture.reps[0], keepDuplicatesApart, { kind: 'person', keepId: ann, otherId: other });
  await fixture.run(fixture.admin, lookForDuplicates, {});
  expect(await pairOf('person', ann, other)).toBeUndefined();
  expect(await pairOf('person', one, same)).toBeDefined();
});

it('everything of a person goes over, who writes to the old address is the one that remains, and undoing restores both', async () => {
  const asked = await steps.ask({ name: 'Mia Stone', email: 'mia@stone.example', company: 'Stone Works' });
  const worked = await steps.work(asked);
  invariant(worked, 'the lead was worked on');
  const old = worked.personId;
  const kept = await person('mia.stone@gmail.example', 'Mia Stone', worked.accountId);
  const pair = { kind: 'person', keepId: kept, otherId: old } as const;
  await fixture.store.withRecords(fixture.workspaceId, ({ db, workspaceId }) =>
    db.observation.create({
      data: {
        workspaceId,
        id: newId(fixture.clock.now()),
        personId: old,
        field: 'mobile',
        value: '+4915112345678',
        provider: 'manual',
        lawfulBasis: 'legitimate_interest',
        occurredAt: fixture.clock.now(),
        recordedAt: fixture.clock.now(),
      },
    }),
  );
  await inStore((tx) => mergePort.onPeople(tx, [old], fixture.clock.now()));
  const before = await pictureOf('person', [kept, old]);
  const compared = await fixture.run(fixture.admin, compareDuplicates, { ...pair, take: 'emailKey' });
  expect(compared.moves).toContainEqual({ what: 'leads', kept: 0, other: 1 });
  expect(compared.fields.find(({ field }) => field === 'emailKey')).toMatchObject({
    from: 'other',
    because: 'chosen by you',
  });

  const { id } = await fixture.run(fixture.reps[0], merge, { ...pair, take: ['emailKey'] });
  expect((await pictureOf('person', [old]))['lead.person_id']).toEqual([]);
  const merged = await pictureOf('person', [kept]);
  expect(merged['lead.person_id']).toHaveLength(1);
  expect(merged['shown']).toMatchObject([{ field: 'mobile', value: '+4915112345678' }]);
  for (const address of ['mia@stone.example', 'mia.stone@gmail.example'])
    expect(await person(address)).toBe(kept);
  await expect(fixture.run(fixture.admin, merge, pair)).rejects.toThrow(/merged with another person already/);

  const again = await steps.ask({ name: 'Mia Stone', email: 'mia@stone.example', company: 'Stone Works' });
  await fixture.run(fixture.admin, undo, { id });
  const after = await pictureOf('person', [kept, old]);
  // The same request again joins the lead that is there, so nothing new stays with the one that was kept.
  expect(again).toBe(asked);
  expect(after).toEqual(before);
  await expect(fixture.run(fixture.admin, undo, { id })).rejects.toThrow(/undone already/);
  expect(
    (await fixture.run(fixture.admin, listMerges, {})).items.find((one) => one.id === id)?.undoneAt,
  ).not.toBeNull();
});

it('whom nobody may write to passes that on, and an undone merge takes it back', async () => {
  const [kept, other] = [await person('kay@quiet.example'), await person('kay.quiet@quiet.example')];
  await inStore((tx) => suppress(tx, ['kay.quiet@quiet.example'], 'objected', fixture.clock.now()));
  const { id } = await fixture.run(fixture.admin, merge, { kind: 'person', keepId: kept, otherId: other });
  expect(await inStore((tx) => isSuppressed(tx, 'kay@quiet.example'))).toBe(true);
  await fixture.run(fixture.admin, undo, { id });
  expect(await inStore((tx) => isSuppressed(tx, 'kay@quiet.example'))).toBe(false);
  expect(await inStore((tx) => isSuppressed(tx, 'kay.quiet@quiet.example'))).toBe(true);
});

it('erasing one of those who were merged erases all of them, and the merge can’t be undone', async () => {
  const [kept, other] = [
    await person('ida@erase.example', 'Ida Erasmus'),
    await person('ida.e@erase.example', 'Ida Erasmus'),
  ];
  const { id } = await fixture.run(fixture.admin, merge, { kind: 'person', keepId: kept, otherId: other });
  await fixture.run(fixture.admin, erasePerson, { id: kept, confirmName: 'Ida Erasmus' });
  expect(
    await steps.rows('select given_name, email_key from person where id = any($1)', [kept, other]),
  ).toEqual([
    { given_name: '', email_key: null },
    { given_name: '', email_key: null },
  ]);
  expect(await inStore((tx) => isSuppressed(tx, 'ida.e@erase.example'))).toBe(true);
  expect(
    JSON.stringify(await steps.rows('select before, moved from record_merge where id = $1', id)),
  ).not.toContain('ida');
  await expect(fixture.run(fixture.admin, undo, { id })).rejects.toThrow(/erased since/);
});

it('merges that share a record, all at once: each record ends in one that is there, and no row is lost', async () => {
  const people = await Promise.all(
    Array.from({ length: 6 }, (_, at) => person(`chain${at}@chain.example`, `Chain Link${at}`)),
  );
  for (const [at] of people.entries())
    await steps
      .ask({ name: `Chain Link${at}`, email: `chain${at}@chain.example`, company: 'Chain' })
      .then(steps.work);
  await fixture.crowd();
  const results = await Promise.allSettled(
    people.slice(1).flatMap((otherId, at) => {
      const keepId = people[at] ?? '';
      const link = { kind: 'person', keepId, otherId } as const;
      return [
        fixture.run(fixture.admin, merge, link),
        fixture.run(fixture.reps[1], merge, { ...link, keepId: otherId, otherId: keepId }),
      ];
    }),
  );
  for (const result of results)
    if (result.status === 'rejected')
      expect(String(result.reason)).toMatch(/merged with another person already/);
  const rows = await steps.rows<{ id: string; into: string | null }>(
    'select id, merged_into_id as into from person where id = any($1)',
    people,
  );
  const gone = new Map(rows.filter(({ into }) => into !== null).map(({ id, into }) => [id, into]));
  expect(gone.size).toBe(results.filter(({ status }) => status === 'fulfilled').length);
  expect(gone.size).toBeGreaterThan(0);
  for (const into of gone.values()) expect(gone.has(into ?? '')).toBe(false);
  const leads = await steps.rows<{ person_id: string }>(
    'select person_id from lead where person_id = any($1)',
    people,
  );
  expect(leads).toHaveLength(people.length);
  expect(leads.filter(({ person_id }) => gone.has(person_id))).toEqual([]);
});

it('two accounts become one with their signals, and the rep who works on one goes on; undone, each has its own again', async () => {
  const [kept, other] = [
    await account('Marlow Tools', 'marlow.example', 'Boston'),
    await account('Marlow Tools Inc', 'marlow-tools.example'),
  ];
  await inStore((tx) => rememberIdentity(tx, other, mentionOf('Hand of Marlow'), fixture.clock.now()));
  await signal(kept, 'marlow/1');
  await signal(other, 'marlow/2');
  await fixture.run(fixture.admin, lookForDuplicates, {});
  expect(await pairOf('account', kept, other)).toMatchObject({ reasons: ['same_name', 'other_domain'] });
  const [item] = await steps.rows<{ id: string }>(
    `select id from queue_item where account_id = $1 and state = 'open'`,
    other,
  );
  invariant(item, 'the other account is in the queue');
  await fixture.run(fixture.reps[0], claimQueueItem, { id: item.id }, newId(fixture.clock.now()));
  const before = await pictureOf('account', [kept, other]);
  const scoreOf = async (accountId: string) =>
    (await fixture.run(fixture.admin, explainScore, { accountId })).signalScore;
  const alone = await scoreOf(kept);

  const { id } = await fixture.run(fixture.admin, merge, { kind: 'account', keepId: kept, otherId: other });
  const live = await steps.rows(
    `select id, claimed_by from queue_item where account_id = $1 and state = 'open'`,
    kept,
  );
  expect(live).toEqual([{ id: item.id, claimed_by: fixture.reps[0].id }]);
  expect(await itemsNamed('hand')).toEqual([kept]);
  expect(await steps.rows('select id from signal where account_id = $1', kept)).toHaveLength(2);
  expect(await scoreOf(kept)).toBeGreaterThan(alone);
  await signal(kept, 'marlow/3');

  await fixture.run(fixture.admin, undo, { id });
  expect(await steps.rows('select id from signal where account_id = $1', kept)).toHaveLength(2);
  const after = await pictureOf('account', [kept, other]);
  expect(after['signal.account_id']).toHaveLength(3);
  expect(await itemsNamed('hand')).toEqual([other]);
  for (const part of [
    'account_name_key.account_id',
    'external_id.subject_id',
    'account.id',
    'account.merged_into_id',
  ])
    expect(after[part], part).toEqual(before[part]);
  expect(
    await steps.rows(
      `select count(*)::int as open from queue_item where account_id = any($1) and state = 'open'`,
      [kept, other],
    ),
  ).toEqual([{ open: 2 }]);
});

it('two reps who work on one account each: one of them has to give it back first', async () => {
  const both = [
    await account('Halyard Foods', 'halyard.example'),
    await account('Halyard Food', 'halyard-food.example'),
  ] as const;
  for (const [at, accountId] of both.entries()) {
    await signal(accountId, `halyard/${at}`);
    const [item] = await steps.rows<{ id: string }>(
      `select id from queue_item where account_id = $1 and state = 'open'`,
      accountId,
    );
    await fixture.run(
      fixture.reps[at] ?? fixture.reps[0],
      claimQueueItem,
      { id: item?.id ?? '' },
      newId(fixture.clock.now()),
    );
  }
  await expect(
    fixture.run(fixture.admin, merge, { kind: 'account', keepId: both[0], otherId: both[1] }),
  ).rejects.toThrow('Ada Rep and Bo Rep work on one of these accounts each.');
  expect(
    await steps.rows(`select id from account where id = any($1) and state = 'merged'`, [...both]),
  ).toEqual([]);
});
