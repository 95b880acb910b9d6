import { suppress } from '@penstock/accounts/suppression';
import { erasePerson } from '@penstock/accounts/operations/manage-personal-data';
import { forgetUnmatchedMails } from '@penstock/engagement/forget-unmatched';
import { KEPT_DAYS, takeMail } from '@penstock/engagement/operations/take-mail';
import {
  createFromMail,
  ignoreUnmatched,
  listUnmatched,
  matchMail,
  readCandidates,
  undoUnmatched,
} from '@penstock/engagement/operations/unmatched-mails';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { MONDAY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
let told = 0;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
});
beforeEach(() => fixture.clock.set(MONDAY));
afterAll(() => fixture[Symbol.asyncDispose]());

const REP = 'ada-rep@seller.example';
const mailOf = (address: string, more: object = {}) => ({
  messageId: `<${(told += 1)}@mail.example>`,
  from: { address, name: 'Some Body' },
  to: [{ address: REP, name: '' }],
  subject: 'About the price',
  sentAt: fixture.clock.now().toISOString(),
  answers: [],
  ...more,
});
const program = () => ({ ...fixture.admin, kind: 'api_key' as const });
const take = (mail: ReturnType<typeof mailOf>) => fixture.run(program(), takeMail, mail);
const listed = async (address: string, who = fixture.admin) =>
  (await fixture.run(who, listUnmatched, {})).items.filter((item) => item.address === address);
const activities = (personId: string) =>
  steps.rows<{ subject: string; direction: string }>(
    `select subject, direction from activity where person_id = $1 and kind = 'mail' order by message_id`,
    personId,
  );
/** Somebody known, at a company. */
async function known() {
  const leadId = await steps.ask();
  await steps.work(leadId);
  const [row] = await steps.rows<{ personId: string; accountId: string; email: string }>(
    'select person_id as "personId", account_id as "accountId", email from lead where id = $1',
    leadId,
  );
  return { personId: row?.personId ?? '', accountId: row?.accountId ?? '', email: row?.email ?? '' };
}

it('waits without its subject until somebody says whose the address is, then is recorded, also later ones', async () => {
  const { personId } = await known();
  const address = 'second-address@elsewhere.example';
  expect(await take(mailOf(address))).toMatchObject({
    recorded: [],
    waiting: [{ address, because: 'nobody' }],
  });
  await take(mailOf(address, { subject: 'And the term' }));
  const [item] = await listed(address);
  expect(item).toMatchObject({
    state: 'open',
    count: 2,
    received: 2,
    name: 'Some Body',
    members: ['Ada Rep'],
  });
  expect(JSON.stringify(item)).not.toContain('price');
  // Whose mails they are: another rep sees nothing of them, and can't decide.
  const other = { ...fixture.reps[1], visibleOwnerIds: [fixture.reps[1].id] };
  expect(await listed(address, other)).toEqual([]);
  await expect(fixture.run(other, matchMail, { address, personId })).rejects.toMatchObject({
    code: 'not_found',
  });
  const before = (await activities(personId)).length;
  await fixture.run(fixture.admin, matchMail, { address, personId });
  expect((await activities(personId)).map(({ subject }) => subject)).toContain('About the price');
  expect(await take(mailOf(address))).toMatchObject({ recorded: [{ personId }], waiting: [] });
  expect(await activities(personId)).toHaveLength(before + 3);
  await fixture.run(fixture.admin, undoUnmatched, { address });
  // What came by itself afterwards stays; what was decided on waits again.
  expect(await activities(personId)).toHaveLength(before + 1);
  expect(await listed(address)).toMatchObject([{ state: 'open', count: 2 }]);
  expect(await take(mailOf(address))).toMatchObject({ waiting: [{ address }] });
});

it('is kept once, and answers of a known thread suggest the person', async () => {
  const { personId, email } = await known();
  const first = mailOf(email);
  expect(await take(first)).toMatchObject({ recorded: [{ personId }] });
  const reply = mailOf('assistant@elsewhere.example', { answers: [first.messageId] });
  await take(reply);
  await take(reply);
  expect(await listed('assistant@elsewhere.example')).toMatchObject([
    { count: 1, suggested: expect.any(String) },
  ]);
});

it('makes a person at the company of the domain, and asks for the account of a private address', async () => {
  const { accountId, email } = await known();
  const address = `new.colleague@${email.split('@')[1] ?? ''}`;
  await take(mailOf(address));
  const candidates = await fixture.run(fixture.admin, readCandidates, { address });
  expect(candidates.account?.id).toBe(accountId);
  expect(candidates.people.length).toBeGreaterThan(0);
  const { id } = await fixture.run(fixture.admin, createFromMail, {
    address,
    givenName: 'New',
    familyName: 'Colleague',
  });
  expect(
    await steps.rows('select account_id as account, given_name as name from person where id = $1', id),
  ).toEqual([{ account: accountId, name: 'New' }]);
  expect(await activities(id)).toHaveLength(1);
  const personal = 'somebody@gmail.com';
  await take(mailOf(personal));
  const names = { givenName: 'Some', familyName: 'Body' };
  await expect(fixture.run(fixture.admin, createFromMail, { address: personal, ...names })).rejects.toThrow(
    'accountId',
  );
  const made = await fixture.run(fixture.admin, createFromMail, { address: personal, ...names, accountId });
  expect(await activities(made.id)).toHaveLength(1);
});

it('ignores a sender or a whole domain from then on, until that is taken back', async () => {
  const [one, two] = ['news@noise.example', 'offers@noise.example'];
  await take(mailOf(one));
  await take(mailOf(two));
  await fixture.run(fixture.admin, ignoreUnmatched, { address: one });
  expect(await take(mailOf(one))).toMatchObject({ waiting: [], ignored: [one] });
  expect(await listed(two)).toMatchObject([{ state: 'open' }]);
  await fixture.run(fixture.admin, ignoreUnmatched, { address: two, domain: true });
  expect(await take(mailOf('third@noise.example'))).toMatchObject({ ignored: ['third@noise.example'] });
  await fixture.run(fixture.admin, undoUnmatched, { address: two });
  expect(await listed(two)).toMatchObject([{ state: 'open', domainIgnored: false }]);
  expect(await take(mailOf('third@noise.example'))).toMatchObject({
    waiting: [{ address: 'third@noise.example' }],
  });
});

it('keeps nothing of who asked not to be written to, forgets the rest in time, and an erased person leaves nothing', async () => {
  const { store, workspaceId, clock, run, admin } = fixture;
  const objector = 'objector@elsewhere.example';
  await store.inWorkspace(workspaceId, (tx) => suppress(tx, [objector], 'objected', clock.now()));
  expect(await take(mailOf(objector))).toMatchObject({ waiting: [], ignored: [objector] });
  const { personId } = await known();
  await take(mailOf('of-the-erased@elsewhere.example'));
  await run(admin, matchMail, { address: 'of-the-erased@elsewhere.example', personId });
  const [person] = await steps.rows<{ name: string }>(
    `select trim(given_name || ' ' || family_name) as name from person where id = $1`,
    personId,
  );
  await run(admin, erasePerson, { id: personId, confirmName: person?.name ?? '' });
  expect(await listed('of-the-erased@elsewhere.example')).toEqual([]);
  await take(mailOf('forgotten@elsewhere.example'));
  clock.advanceMs(KEPT_DAYS * 86_400_000 - 1);
  await forgetUnmatchedMails({ store, clock });
  expect(await listed('forgotten@elsewhere.example')).toHaveLength(1);
  clock.advanceMs(1);
  await forgetUnmatchedMails({ store, clock });
  expect(await listed('forgotten@elsewhere.example')).toEqual([]);
});

it('refuses a mail in which no member took part, and one from the future', async () => {
  const strange = mailOf('a@elsewhere.example', { to: [{ address: 'b@elsewhere.example', name: '' }] });
  await expect(take(strange)).rejects.toThrow('neither the sender nor a recipient');
  await expect(take(mailOf('a@elsewhere.example', { sentAt: '2030-01-01T00:00:00Z' }))).rejects.toThrow(
    'in the future',
  );
});
