import { createServer } from 'node:http';

import type { AskedRecord, KnownFacts, LaterState, RecordAnswer } from '@penstock/enrichment/provider-port';
import { invariant } from '@penstock/kernel/invariant';
import { createSandbox } from '@penstock/sandbox/create-sandbox';
import type { Sandbox } from '@penstock/sandbox/create-sandbox';
import { knowledgeOf } from '@penstock/sandbox/world/knowledge';
import type { FinderVendor } from '@penstock/sandbox/world/knowledge';
import { movableClock } from '@penstock/kernel/clock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adapterNamed, sendToSimulator } from './conformance/ask-simulator.ts';
import { providerAdapters } from './registry.ts';

const clock = movableClock(new Date('2026-03-02T15:00:00Z'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ delayMs: [0, 0], clock });
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

const people = [...Array(10).keys()].map((index) => index * 37);

const recordOf = (index: number): AskedRecord => {
  const person = sandbox.world.people[index];
  const company = sandbox.world.companyByKey.get(person?.companyKey ?? '');
  invariant(person && company, 'the world is complete');
  const { givenName, familyName } = person;
  return {
    ref: person.key,
    known: { givenName, familyName, companyName: company.name, companyDomain: company.domain },
  };
};

/** Who of them has an open mailbox and is known to the vendor without a trap. */
const knownTo = (vendor: FinderVendor) =>
  people.filter((index) => {
    const person = sandbox.world.people[index];
    const known = person && knowledgeOf(vendor, person);
    return person?.mailbox === 'open' && known?.email === true && known.trap === null;
  });

const refsOf = (answers: readonly RecordAnswer[], outcome: string) =>
  answers.filter(({ answer }) => answer.outcome === outcome).map(({ ref }) => ref);

const chargedAt = (vendor: string) => sandbox.control.charges().byVendor[vendor]?.credits ?? 0;
const creditsOf = (answers: readonly RecordAnswer[]) =>
  answers.reduce((sum, { answer }) => sum + (answer.vendorCredits ?? 0), 0);

async function submitAndWait(
  provider: string,
  capability: string,
  asked: readonly AskedRecord[],
): Promise<RecordAnswer[]> {
  const adapter = adapterNamed(provider);
  const { later } = adapter;
  invariant(later?.poll, `${provider} answers later`);
  const send = (request: Parameters<typeof sendToSimulator>[2]) =>
    sendToSimulator(sandbox.url, adapter, request);
  let state: LaterState = later.parseSubmitted(
    capability,
    await send(later.submit(capability, asked, null)),
    asked,
  );
  for (let round = 0; state.state === 'waiting' && round < 5; round += 1) {
    if (round > 0) clock.advanceMs(60_000);
    state = later.poll.parse(
      capability,
      await send(later.poll.request(capability, state.ticket)),
      asked,
      state.ticket,
    );
    if (round === 0) expect(state.state).toBe('waiting');
  }
  return state.state === 'done' ? state.answers : [];
}

it.each([
  ['dropcontact', 'enrich'],
  ['snov', 'email-by-name'],
  ['fullenrich', 'contact-email'],
] as const)(
  '%s answers later, about those whom it knows, and its bill is what it says',
  async (vendor, capability) => {
    const asked = people.map(recordOf);
    const answers = await submitAndWait(vendor, capability, asked);
    expect(answers).toHaveLength(asked.length);
    const hits = refsOf(answers, 'hit');
    for (const index of knownTo(vendor)) expect(hits).toContain(sandbox.world.people[index]?.key);
    expect(creditsOf(answers)).toBe(chargedAt(vendor));
  },
);

it('Dropcontact takes a credit for everybody, and gives it back with the results', async () => {
  const adapter = adapterNamed('dropcontact');
  const asked = people.map(recordOf);
  const { later } = adapter;
  invariant(later, 'it answers later');
  await sendToSimulator(sandbox.url, adapter, later.submit('enrich', asked, null));
  expect(chargedAt('dropcontact')).toBe(asked.length);
});

it('RocketReach and Cognism charge the same person once', async () => {
  const [index = 0] = knownTo('rocketreach');
  for (const _time of [1, 2]) {
    const answers = await submitAndWait('rocketreach', 'person-lookup', [recordOf(index)]);
    expect(refsOf(answers, 'hit')).toHaveLength(1);
  }
  expect(chargedAt('rocketreach')).toBe(1);
  const cognism = adapterNamed('cognism');
  const record = recordOf(knownTo('cognism')[0] ?? 0);
  const { reveal } = cognism;
  invariant(reveal, 'it reveals');
  const seen = reveal.parsePreview(
    'contact',
    await sendToSimulator(sandbox.url, cognism, reveal.preview('contact', record.known)),
    record.known,
  );
  expect(seen.outcome).toBe('seen');
  expect(chargedAt('cognism')).toBe(0);
  const records = [{ ...record, vendorRef: seen.outcome === 'seen' ? seen.vendorRef : '' }];
  for (const _time of [1, 2]) {
    const reply = await sendToSimulator(sandbox.url, cognism, reveal.redeem('contact', records));
    expect(reveal.parseRedeemed('contact', reply, records)).toMatchObject([{ answer: { outcome: 'hit' } }]);
  }
  expect(chargedAt('cognism')).toBe(1);
});

it('calls back, signed, to this machine', async () => {
  const received = Promise.withResolvers<{ headers: Record<string, string>; body: string }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.resolve({ headers, body: Buffer.concat(chunks).toString('utf8') });
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const adapter = adapterNamed('fullenrich');
  const { later } = adapter;
  const asked = people.slice(0, 3).map(recordOf);
  invariant(later?.callback, 'it calls back');
  const request = later.submit('contact-email', asked, `http://127.0.0.1:${port}/cb`);
  const submitted = later.parseSubmitted(
    'contact-email',
    await sendToSimulator(sandbox.url, adapter, request),
    asked,
  );
  const message = await received.promise;
  expect(later.callback.verify(message, 'sandbox_test')).toBe(true);
  expect(later.callback.ticketOf(message)).toBe(submitted.state === 'waiting' ? submitted.ticket : '');
  expect(later.callback.parse('contact-email', message, asked)).toMatchObject({ state: 'done' });
  await new Promise((done) => server.close(done));
});

it.each(['apollo', 'people-data-labs', 'prospeo'] as const)(
  '%s answers a bulk, and bills what it says',
  async (vendor) => {
    const adapter = adapterNamed(vendor);
    const capability = {
      apollo: 'people-match',
      'people-data-labs': 'person-enrich',
      prospeo: 'enrich-person',
    }[vendor];
    const asked = people.map(recordOf);
    const { batch } = adapter;
    invariant(batch, `${vendor} has a bulk`);
    const reply = await sendToSimulator(sandbox.url, adapter, batch.build(capability, asked));
    const answers = batch.parse(capability, reply, asked);
    for (const index of knownTo(vendor))
      expect(refsOf(answers, 'hit')).toContain(sandbox.world.people[index]?.key);
    expect(creditsOf(answers)).toBe(chargedAt(vendor));
  },
);

it('Prospeo gives the same person again for nothing', async () => {
  const adapter = adapterNamed('prospeo');
  const { known } = recordOf(knownTo('prospeo')[0] ?? 0);
  const ask = async () =>
    adapter.parseReply(
      'enrich-person',
      await sendToSimulator(sandbox.url, adapter, adapter.buildRequest('enrich-person', known)),
      known,
    );
  expect([(await ask()).vendorCredits, (await ask()).vendorCredits]).toEqual([1, 0]);
});

it('names the employees of a company for a twentieth of a credit each, and none of a namesake’s', async () => {
  const adapter = adapterNamed('leadmagic');
  const ask = async (known: KnownFacts) =>
    adapter.parseReply(
      'employee-finder',
      await sendToSimulator(sandbox.url, adapter, adapter.buildRequest('employee-finder', known)),
      known,
    );
  const company = sandbox.world.companyByKey.get(sandbox.world.people[0]?.companyKey ?? '');
  invariant(company, 'the world is complete');
  const { name, domain, key } = company;
  const found = await ask({ companyName: name, companyDomain: domain });
  invariant(found.outcome === 'people', 'it knows somebody there');
  const { people, total } = found;
  expect(people.length).toBeGreaterThan(0);
  expect(total).toBe(people.length);
  expect(found.vendorCredits).toBe(Math.round(people.length * 5) / 100);
  expect(sandbox.control.charges().total.credits).toBe(found.vendorCredits);
  const staff = sandbox.world.people.filter(({ companyKey }) => companyKey === key);
  const names = new Set(
    staff.map(({ givenName, familyName, title }) => `${givenName} ${familyName} ${title}`),
  );
  expect(people.filter((one) => !names.has(`${one.givenName} ${one.familyName} ${one.title}`))).toEqual([]);
  expect(await ask({ companyName: name, companyDomain: 'namesake.example' })).toMatchObject({ people: [] });
  expect(await ask({ companyName: 'Nobody knows this' })).toEqual({
    outcome: 'people',
    people: [],
    total: null,
    vendorCredits: 0,
  });
});

it('searches RocketReach for people in certain positions for nothing', async () => {
  const adapter = adapterNamed('rocketreach');
  const person = sandbox.world.people.find((one) => knowledgeOf('rocketreach', one).email);
  const company = sandbox.world.companyByKey.get(person?.companyKey ?? '');
  invariant(person && company, 'it knows somebody');
  const ask = async (known: KnownFacts) =>
    adapter.parseReply(
      'person-search',
      await sendToSimulator(sandbox.url, adapter, adapter.buildRequest('person-search', known)),
      known,
    );
  const known = {
    companyName: company.name,
    companyDomain: company.domain,
    titles: `${person.title}|Nobody`,
  };
  const found = await ask(known);
  invariant(found.outcome === 'people', 'it names people');
  expect(found.people.map(({ givenName, familyName }) => `${givenName} ${familyName}`)).toContain(
    `${person.givenName} ${person.familyName}`,
  );
  expect(new Set(found.people.map(({ title }) => title))).toEqual(new Set([person.title]));
  expect(await ask({ ...known, companyDomain: 'namesake.example' })).toMatchObject({ people: [] });
  expect(await ask({ companyName: 'Nobody knows this' })).toMatchObject({ people: [], total: 0 });
  expect(sandbox.control.charges().total.charges).toBe(0);
});

const vendors = [...providerAdapters.values()].filter(({ manifest }) => manifest.credential.in !== 'none');
const everything: KnownFacts = {
  givenName: 'Nobody',
  familyName: 'Atall',
  companyName: 'Brightwater Analytics',
  companyDomain: 'brightwater-analytics.example',
  email: 'nobody@brightwater-analytics.example',
  linkedinUrl: 'https://profiles.example/in/nobody',
  phone: '+12025550123',
  titles: 'VP Sales',
};

describe.each(vendors.map((adapter) => ({ id: adapter.manifest.id, adapter })))('$id', ({ adapter }) => {
  const records = [{ ref: 'r1', known: everything, vendorRef: 'v' }];

  /** Asks for the first thing that it sells, with another key. */
  async function firstAnswer(key: string): Promise<unknown> {
    const [capability] = adapter.manifest.capabilities;
    invariant(capability, 'every vendor sells something');
    const { id, mode } = capability;
    const send = (request: Parameters<typeof sendToSimulator>[2]) =>
      sendToSimulator(sandbox.url, adapter, request, key);
    if (mode === 'sync')
      return adapter.parseReply(id, await send(adapter.buildRequest(id, everything)), everything);
    if (mode === 'preview_redeem' && adapter.reveal)
      return adapter.reveal.parsePreview(id, await send(adapter.reveal.preview(id, everything)), everything);
    invariant(adapter.later, 'it answers later');
    return adapter.later.parseSubmitted(id, await send(adapter.later.submit(id, records, null)), records);
  }

  it('refuses a key that may be real, in words that the adapter knows', async () => {
    // ZeroBounce has one sentence for a wrong key and for no credits.
    const fault = adapter.manifest.id === 'zerobounce' ? 'quota_exhausted' : 'unauthorized';
    await expect(firstAnswer('a-real-looking-key')).rejects.toMatchObject({ fault });
  });

  it('asks to slow down in its own way', async () => {
    sandbox.control.script({ vendor: adapter.manifest.id, fault: '429' });
    await expect(firstAnswer('sandbox_test')).rejects.toMatchObject({ fault: 'rate_limited' });
  });

  it('tells its credits for nothing, where it does', async () => {
    const { balance } = adapter;
    if (!balance) return expect(adapter.balance).toBeUndefined();
    const reply = await sendToSimulator(sandbox.url, adapter, balance.request);
    expect(balance.parse(reply).credits).toBe(100_000);
    expect(sandbox.control.charges().total.charges).toBe(0);
  });
});

it('limits as the vendors do: Hunter’s sixteenth finder call within a second', async () => {
  const hunter = adapterNamed('hunter');
  const request = hunter.buildRequest('email-finder', everything);
  const replies = [];
  for (let call = 0; call < 16; call += 1)
    replies.push(await sendToSimulator(sandbox.url, hunter, request, 'sandbox_limited_1'));
  expect(replies.map(({ status }) => status)).toEqual([...Array<number>(15).fill(200), 403]);
  clock.advanceMs(1_001);
  expect((await sendToSimulator(sandbox.url, hunter, request, 'sandbox_limited_1')).status).toBe(200);
});
