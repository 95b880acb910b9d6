import { isSuppressed } from '@penstock/accounts/suppression';
import { erasePerson, exportPerson } from '@penstock/accounts/operations/manage-personal-data';
import { accountTimeline, getAccount } from '@penstock/accounts/operations/read-accounts';
import { readCommittee } from '@penstock/accounts/operations/read-committee';
import { recordConversion } from '@penstock/engagement/first-touch';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { sendWelcome } from '@penstock/engagement/send-welcome';
import { invariant } from '@penstock/kernel/invariant';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { getDeal } from '@penstock/pipeline/operations/get-deal';
import { scoringPort } from '@penstock/scoring/rescore';
import { readChampionPolicy, saveChampionPolicy } from '@penstock/signals/operations/champion-policy';
import { answerDepartureOperation, listDepartures } from '@penstock/signals/operations/departures';
import { markChampion, recordObjection } from '@penstock/signals/operations/manage-champions';
import { getSignal, listSignals } from '@penstock/signals/operations/read-signals';
import { reportDepartureOperation } from '@penstock/signals/operations/report-departure';
import { takeFinding } from '@penstock/signals/take-finding';
import type { z } from 'zod';
import { sweepActivities } from '@penstock/worker/slices/sweep';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { outsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const NOTE =
  'Our interest: keep a relation that exists. Only business contacts we dealt with; they can object.';
const reportOperation = reportDepartureOperation({ scoring: scoringPort });
const answer = answerDepartureOperation({ scoring: scoringPort });
const createDeal = createDealOperation({ onLeadConverted: recordConversion });

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

const watch = (active = true) => fixture.run(fixture.admin, saveChampionPolicy, { note: NOTE, active });
const report = (input: z.input<typeof reportOperation.input>) =>
  fixture.run(fixture.admin, reportOperation, input);
const mark = (personId: string, tier: 'key' | null = 'key') =>
  fixture.run(fixture.reps[0], markChampion, { personId, tier });

/** Somebody who wrote to us, and their account. */
async function contact(name: string, company: string) {
  const host = `${company.toLowerCase().replaceAll(' ', '-')}.example`;
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@${host}`;
  const leadId = await steps.ask({ name, email, company });
  const worked = await steps.work(leadId);
  invariant(worked, 'the lead is worked');
  return { leadId, email, personId: worked.personId, accountId: worked.accountId };
}
const signalsAt = async (accountId: string) =>
  (await fixture.run(fixture.admin, listSignals, { accountId })).items.filter(
    ({ source }) => source === 'Champions' || source === 'champions',
  );
const deal = (accountId: string, personId: string) =>
  fixture.run(fixture.reps[0], createDeal, {
    accountId,
    personId,
    name: 'A deal',
    valueMinor: 1,
    nextStep: 'Call',
    source: 'outbound',
  });

describe('before anybody has recorded why', () => {
  it('nobody is a champion, and what is told of them is not kept', async () => {
    const { personId, email } = await contact('Nora Early', 'Early Co');
    await expect(mark(personId)).rejects.toThrow(/Record the legitimate interest/);
    expect(
      await report({ witness: 'bounce', personId, address: email, status: '550 5.1.1 unknown' }),
    ).toEqual({
      outcome: 'not_watched',
      departureId: null,
    });
    expect(await steps.rows('select 1 from departure_report')).toEqual([]);
    await expect(
      fixture.run(fixture.admin, saveChampionPolicy, { note: 'why not', active: true }),
    ).rejects.toThrow(/note: is too short/);
    await watch();
    expect(await fixture.run(fixture.admin, readChampionPolicy, {})).toMatchObject({
      policy: { note: NOTE, retentionMonths: 12, active: true, recordedBy: 'Ed Admin' },
    });
  });
});

describe('a champion', () => {
  it('is somebody with whom there was contact, and is not marked against their will', async () => {
    const stranger = await contact('Sam Stranger', 'Stranger Co');
    await steps.rows('update lead set person_id = null where id = $1', stranger.leadId);
    await expect(mark(stranger.personId)).rejects.toThrow(/had contact/);
    const { personId } = await contact('Olga Objector', 'Objection Co');
    await mark(personId);
    await fixture.run(fixture.reps[0], recordObjection, { personId });
    await expect(mark(personId)).rejects.toThrow(/objected/);
    expect(await report({ witness: 'vendor', personId, vendor: 'leadmagic' })).toMatchObject({
      outcome: 'not_watched',
    });
  });

  it('is found by rule: the contact of a won deal, and whoever answers again and again; an unmarked one stays unmarked', async () => {
    const won = await contact('Wanda Won', 'Won Co');
    const { id } = await deal(won.accountId, won.personId);
    await steps.rows(`update deal set stage = 'won', stage_type = 'won', state = 'closed' where id = $1`, id);
    const engaged = await contact('Enno Engaged', 'Engaged Co');
    for (const subject of ['one', 'two', 'three'])
      await fixture.run(fixture.reps[0], recordActivity, {
        kind: 'mail',
        direction: 'in',
        accountId: engaged.accountId,
        personId: engaged.personId,
        subject,
      });
    const tiers = () =>
      steps.rows(
        'select person_id, tier, origin, state from champion where person_id = any($1::uuid[]) order by tier',
        [won.personId, engaged.personId],
      );
    await watch();
    expect(await tiers()).toEqual([
      { person_id: won.personId, tier: 'key', origin: 'won_deal', state: 'watched' },
      { person_id: engaged.personId, tier: 'standard', origin: 'engagement', state: 'watched' },
    ]);
    await mark(engaged.personId, null);
    await watch();
    expect(await tiers()).toMatchObject([{ state: 'watched' }, { state: 'ended' }]);
  });
});

describe('a departure', () => {
  it('is told at once by the employer’s own server: risk on each open deal, opportunity at the new company, address suppressed', async () => {
    const { personId, accountId, email } = await contact('Ada Okafor', 'Northmill');
    const { personId: nextId } = await contact('Bo Next', 'Northmill');
    await mark(personId);
    const { id: dealId } = await deal(accountId, personId);
    const taken = await report({
      witness: 'auto_reply',
      email,
      address: email,
      text: 'Thank you for writing. Ada is no longer with Northmill. Please write to Bo.',
      newCompany: 'Southmill',
      newDomain: 'southmill.example',
      newTitle: 'Chief Revenue Officer',
      newEmail: 'ada@southmill.example',
    });
    expect(taken).toMatchObject({ outcome: 'confirmed' });
    const [risk] = await signalsAt(accountId);
    invariant(risk, 'the old account has a signal');
    expect(risk).toMatchObject({
      kind: 'champion_departure',
      summary: 'A champion of ours has left Northmill.',
    });
    expect((await fixture.run(fixture.reps[0], getDeal, { id: dealId })).riskParts).toContainEqual(
      expect.objectContaining({ key: 'champion_departure' }),
    );
    const { departure } = await fixture.run(fixture.reps[0], getSignal, { id: risk.id });
    expect(departure).toMatchObject({
      person: { id: personId, name: 'Ada Okafor' },
      to: { name: 'Southmill' },
      newTitle: 'Chief Revenue Officer',
      next: [{ personId: nextId, because: expect.stringContaining('answered us before') }],
      deals: [{ id: dealId }],
      words: [{ witness: 'auto_reply', quote: 'Ada is no longer with Northmill.' }],
    });
    const newAccountId = departure?.to?.id ?? '';
    const [chance] = await signalsAt(newAccountId);
    expect(chance).toMatchObject({ kind: 'executive_hire', strength: 0.8 });
    expect((await fixture.run(fixture.admin, getAccount, { id: newAccountId })).people).toMatchObject([
      { name: 'Ada Okafor', email: 'ada@southmill.example' },
    ]);
    const { store, workspaceId } = fixture;
    expect(await store.inWorkspace(workspaceId, (tx) => isSuppressed(tx, email))).toBe(true);
    expect(await store.inWorkspace(workspaceId, (tx) => isSuppressed(tx, 'ada@southmill.example'))).toBe(
      false,
    );
    const committee = await fixture.run(fixture.admin, readCommittee, { id: accountId });
    expect(
      [...committee.seats.flatMap(({ people }) => people), ...committee.others].map((one) => one.personId),
    ).toEqual([nextId]);
    const timeline = await fixture.run(fixture.admin, accountTimeline, { id: accountId });
    expect(
      timeline.items.find(({ title }) => title === 'A champion of ours has left Northmill.'),
    ).toMatchObject({
      link: { page: 'account', id: newAccountId },
    });
    const there = await fixture.run(fixture.admin, accountTimeline, { id: newAccountId });
    expect(there.items[0]).toMatchObject({ link: { page: 'account', id: accountId } });
    expect(await report({ witness: 'bounce', personId, address: email, status: '550 5.1.1' })).toMatchObject({
      outcome: 'confirmed',
    });
    expect(await signalsAt(accountId)).toHaveLength(1);
  });

  it('of one vendor’s word waits for a second origin, told to nobody; two vendors with one profile are one word', async () => {
    const { personId, accountId } = await contact('Vera Vendor', 'Vendorville');
    await mark(personId);
    const profile = 'https://profiles.example/vera';
    const first = await report({
      witness: 'vendor',
      personId,
      vendor: 'PDL',
      profile,
      newCompany: 'Elsewhere Ltd',
    });
    expect(first.outcome).toBe('open');
    expect((await report({ witness: 'vendor', personId, vendor: 'LeadMagic', profile })).outcome).toBe(
      'repeated',
    );
    expect(await signalsAt(accountId)).toEqual([]);
    const { items } = await fixture.run(fixture.reps[0], listDepartures, {});
    expect(items).toMatchObject([
      { person: { name: 'Vera Vendor' }, openDeals: 0, words: [{ newCompany: 'Elsewhere Ltd' }] },
    ]);
    expect((await report({ witness: 'vendor', personId, vendor: 'Lusha' })).outcome).toBe('confirmed');
    expect(await signalsAt(accountId)).toHaveLength(1);
  });

  it('that a colleague denies is quiet until somebody new says so; a colleague’s yes is a second origin', async () => {
    const { personId, accountId } = await contact('Dora Denied', 'Denial Co');
    await mark(personId);
    const { departureId } = await report({ witness: 'vendor', personId, vendor: 'pdl' });
    invariant(departureId, 'it waits');
    await fixture.run(fixture.reps[0], answer, { id: departureId, left: false });
    await expect(fixture.run(fixture.reps[0], answer, { id: departureId, left: true })).rejects.toThrow(
      /settled already/,
    );
    expect((await report({ witness: 'vendor', personId, vendor: 'pdl' })).outcome).toBe('repeated');
    fixture.clock.advanceMs(60_000);
    expect(
      (
        await report({
          witness: 'reply',
          personId,
          address: 'x@gmail.com',
          text: 'Dora has left the company.',
        })
      ).outcome,
    ).toBe('open');
    expect(await signalsAt(accountId)).toEqual([]);
    await fixture.run(fixture.reps[0], answer, { id: departureId, left: true });
    expect(await signalsAt(accountId)).toMatchObject([{ kind: 'champion_departure' }]);
    await expect(mark(personId)).rejects.toThrow(/works at no account/);
  });

  it('is not read out of an absence, a full mailbox, a bounce elsewhere, or an address that is no address', async () => {
    const { personId, email } = await contact('Paul Present', 'Present Co');
    await mark(personId);
    const say = async (input: object) =>
      (await report({ personId, address: email, ...input } as z.input<typeof reportOperation.input>)).outcome;
    expect(await say({ witness: 'auto_reply', text: 'I am on leave until Monday.' })).toBe('says_nothing');
    expect(await say({ witness: 'bounce', status: '552 5.2.2 mailbox full' })).toBe('says_nothing');
    expect(await say({ witness: 'bounce', status: '550 5.1.1', address: 'paul@gmail.com' })).toBe('open');
    await expect(say({ witness: 'bounce', status: '550 5.1.1', address: 'nonsense' })).rejects.toThrow(
      /address: is no e-mail address/,
    );
    await expect(report({ witness: 'vendor', vendor: 'pdl' })).rejects.toThrow(/personId: is missing/);
    await expect(
      report({ witness: 'vendor', personId, vendor: 'pdl', newDomain: '10.0.0.1' }),
    ).rejects.toThrow(/newDomain: is no domain/);
  });

  it('is told by a filing that names the champion of its company, with the sentence and its link', async () => {
    const { personId, accountId } = await contact('Jane Roe', 'Filing Co');
    await mark(personId);
    const now = fixture.clock.now();
    const finding = {
      kind: 'leadership_change' as const,
      eventKey: 'filing/1',
      company: {
        name: 'Filing Co',
        formerNames: [],
        ids: [],
        domain: 'filing-co.example',
        city: null,
        region: null,
        country: null,
      },
      occurredAt: now.toISOString(),
      leavers: ['Jane A. Roe'],
      strength: 0.7,
      summary: 'The CFO leaves.',
      facts: { role: 'Chief Financial Officer' },
      evidence: { url: 'https://www.sec.gov/x', quote: 'Ms. Roe resigned.', quoteStart: 0 },
    };
    await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
      takeFinding(
        tx,
        { outcome: 'signal', finding },
        { source: 'sec-edgar/current-8-k', document: 'x', fetchedAt: now, now },
        scoringPort,
      ),
    );
    const [signal] = await signalsAt(accountId);
    invariant(signal, 'the departure is told');
    expect(await fixture.run(fixture.admin, getSignal, { id: signal.id })).toMatchObject({
      sources: [{ url: 'https://www.sec.gov/x', quote: 'Ms. Roe resigned.' }],
      departure: { person: { name: 'Jane Roe' }, words: [{ witness: 'filing', origin: 'sec-edgar' }] },
    });
  });

  it('is told by our own mail that found no mailbox any more', async () => {
    await using world = await outsideFixture(fixture);
    const { leadId, personId, accountId } = await contact('Bea Bounce', 'Bounce Co');
    await mark(personId);
    world.sandbox.control.scriptSmtp({ fault: 'refuse_unknown' });
    const { store, clock, workspaceId } = fixture;
    const transport = world.outside.mailFor(workspaceId);
    expect(await sendWelcome({ store, clock, transport }, { workspaceId, leadId })).toBe('refused');
    expect(await signalsAt(accountId)).toMatchObject([{ kind: 'champion_departure' }]);
  });

  it('of an erased person leaves no name, and after its term nothing is kept of anybody', async () => {
    const { personId, accountId, email } = await contact('Erin Erased', 'Erasure Co');
    await mark(personId);
    await report({
      witness: 'bounce',
      personId,
      address: email,
      status: '550 5.1.1 <erin.erased@erasure-co.example>',
    });
    const { document } = await fixture.run(fixture.admin, exportPerson, { id: personId });
    expect(Object.keys(document)).toEqual(
      expect.arrayContaining(['champion', 'departure', 'departure_report']),
    );
    await fixture.run(fixture.admin, erasePerson, { id: personId, confirmName: 'Erin Erased' });
    const [signal] = await signalsAt(accountId);
    invariant(signal, 'that somebody left stays');
    expect(JSON.stringify(await fixture.run(fixture.admin, getSignal, { id: signal.id }))).not.toMatch(
      /Erin|erin/,
    );
    const { store, clock } = fixture;
    clock.advanceMs(400 * 86_400_000);
    // Nothing else is due: the sweep's other work needs no workflow server here.
    await steps.rows('update lead set settled_at = recorded_at');
    const deps = { store, clock, client: null, log: { info: () => undefined } };
    await sweepActivities(deps as unknown as Parameters<typeof sweepActivities>[0]).sweep();
    expect(await steps.rows('select 1 from departure union all select 1 from departure_report')).toEqual([]);
    expect(await steps.rows(`select distinct state from champion`)).toEqual([{ state: 'objected' }]);
  });
});
