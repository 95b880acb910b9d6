import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { gatewayFixture, PASSWORD, signIn, type GatewayFixture } from './gateway-fixture.ts';
import { plantRecords } from './planted-records.ts';

let gateway: GatewayFixture;
let owner: string;
let colleague: string;
let ids: { leadId: string; accountId: string; personId: string; dealId: string };

beforeAll(async () => {
  gateway = await gatewayFixture();
  const home = await gateway.workspace('home');
  const [leadId = '', accountId = '', personId = '', dealId = ''] = (
    await plantRecords(gateway.deps.store, home.id, home.members.rep.id)
  ).ids;
  ids = { leadId, accountId, personId, dealId };
  owner = home.members.rep.cookie;
  const admin = { cookie: home.members.admin.cookie };
  const email = 'colleague@home.example';
  const member = { name: 'Colleague', email, role: 'rep', password: PASSWORD };
  await gateway.trpc('settings.addMember', 'mutation', member, admin);
  await gateway.trpc('settings.updateWorkspace', 'mutation', { repVisibility: 'own' }, admin);
  colleague = await signIn(gateway.app, email);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const ask = (path: string, input: unknown, cookie: string) => gateway.trpc(path, 'query', input, { cookie });
const change = (path: string, input: unknown, cookie: string) =>
  gateway.trpc(path, 'mutation', input, { cookie });

describe('a rep who sees only their own work', () => {
  it('reads the account and its people, but not what a colleague does there', async () => {
    expect((await ask('accounts.get', { id: ids.accountId }, colleague)).status).toBe(200);
    const kinds = async (cookie: string) => {
      const reply = await ask('accounts.timeline', { id: ids.accountId }, cookie);
      const { items } = ((await reply.json()) as { result: { data: { items: Line[] } } }).result.data;
      return {
        kinds: [...new Set(items.map((line) => line.kind))].toSorted(),
        linked: items.some((line) => line.link !== null),
      };
    };
    expect(await kinds(owner)).toEqual({ kinds: ['activity', 'mail', 'signal'], linked: true });
    expect(await kinds(colleague)).toEqual({ kinds: ['signal'], linked: false });
  });

  it.each(['leads.get', 'deals.get'])('does not find a colleague’s record by %s', async (path) => {
    const id = path === 'leads.get' ? ids.leadId : ids.dealId;
    expect((await ask(path, { id }, owner)).status).toBe(200);
    expect((await ask(path, { id }, colleague)).status).toBe(404);
  });

  it('neither stops a colleague’s clock nor meets their criteria nor takes their lead', async () => {
    const { accountId, leadId, dealId } = ids;
    const call = { kind: 'call', accountId, subject: 'Called', outcome: 'positive' };
    const deal = { name: 'Mine', accountId, leadId, valueMinor: 1, source: 'inbound' };
    const evidence = { dealId, criterion: 'budget_confirmed', kind: 'call_note', quote: 'yes, confirmed' };
    for (const [path, input] of [
      ['activities.record', { ...call, leadId }],
      ['activities.record', { ...call, dealId }],
      ['deals.create', deal],
      ['deals.addEvidence', evidence],
      ['deals.move', { id: dealId, toStage: 'lost', lostReason: 'gone' }],
    ] as const) {
      const reply = await change(path, input, colleague);
      expect({ path, status: reply.status }).toEqual({ path, status: 404 });
    }
    expect((await change('activities.record', { ...call, leadId, dealId }, owner)).status).toBe(200);
  });
});

type Line = { kind: string; link: unknown };
