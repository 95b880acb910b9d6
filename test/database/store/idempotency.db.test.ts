import { createAccountByHand } from '@penstock/accounts/operations/change-accounts';
import { listAccounts } from '@penstock/accounts/operations/read-accounts';
import { createWebhookOperation } from '@penstock/signals/operations/manage-webhooks';
import { systemActor } from '@penstock/workspace/model/actor';
import { listAudit } from '@penstock/workspace/operations/manage-workspace';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { catalogueRows } from './catalogue.ts';

let fixture: WorkspaceFixture;
beforeEach(async () => {
  fixture = await workspaceFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const accounts = async () => (await fixture.run(fixture.admin, listAccounts, {})).items.length;
const create = (name: string, key: string) => fixture.run(fixture.admin, createAccountByHand, { name }, key);

it('answers a repeated request as the first time, with one effect and one line of audit', async () => {
  const first = await create('Harbor Works', 'key-1');
  expect(await create('Harbor Works', 'key-1')).toEqual(first);
  expect(await accounts()).toBe(1);
  expect(
    (await fixture.run(fixture.admin, listAudit, {})).items.filter(
      (line) => line.action === 'account.created',
    ),
  ).toHaveLength(1);
});

it('does it once when the same request comes ten times at once', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => create('Harbor Works', 'key-1')));
  expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
  expect(
    (await fixture.run(fixture.admin, listAudit, {})).items.filter(
      (line) => line.action === 'account.created',
    ),
  ).toHaveLength(1);
});

it('refuses the key of another request, also when both come at once', async () => {
  await create('Harbor Works', 'key-1');
  await expect(create('Granite Mills', 'key-1')).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  const both = await Promise.allSettled([create('Amber Labs', 'key-2'), create('Birch Labs', 'key-2')]);
  expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await accounts()).toBe(2);
});

it('keeps the key free when the request failed', async () => {
  await expect(
    fixture.run(fixture.admin, createAccountByHand, { name: 'Harbor', domain: 'not a domain' }, 'key-1'),
  ).rejects.toMatchObject({ code: 'invalid' });
  expect(await create('Harbor', 'key-1')).toHaveProperty('id');
});

it('keeps keys of two workspaces apart', async () => {
  const other = await fixture.another();
  const here = await create('Harbor', 'key-1');
  const there = await fixture.run(
    systemActor(other, 'test'),
    createAccountByHand,
    { name: 'Harbor' },
    'key-1',
  );
  expect(here.id).not.toBe(there.id);
});

it('keeps no secret for a repeated request', async () => {
  const createWebhook = createWebhookOperation({ seal: (secret) => secret.length.toString() });
  const { secret } = await fixture.run(fixture.admin, createWebhook, { name: 'Feed' }, 'key-1');
  const kept = await catalogueRows(
    fixture.database,
    `select from idempotency_key where response::text like '%' || $1 || '%'`,
    [secret],
  );
  expect(kept).toEqual([]);
  await expect(fixture.run(fixture.admin, createWebhook, { name: 'Feed' }, 'key-1')).rejects.toMatchObject({
    code: 'conflict',
  });
});
