import { createAccount } from '@penstock/accounts/identify-company';
import { invariant } from '@penstock/kernel/invariant';
import { scoringPort } from '@penstock/scoring/rescore';
import { addSource, switchSource } from '@penstock/signals/operations/add-source';
import {
  answerCompanyReviewOperation,
  listCompanyReviews,
} from '@penstock/signals/operations/company-reviews';
import { listSources } from '@penstock/signals/operations/list-sources';
import { listSignals } from '@penstock/signals/operations/read-signals';
import { pollSource } from '@penstock/signals/poll-source';
import type { SourceRequest, SourceSettings } from '@penstock/signals/source-port';
import { readConfiguredSource } from '@penstock/signals/watch-statements';
import { createConfiguredAdapter } from '@penstock/sources/feeds/configured';
import {
  publishWatchRules,
  readWatchRules,
  saveWatchRulesDraft,
} from '@penstock/signals/operations/manage-watch-rules';
import { testNewsRules } from '@penstock/signals/operations/test-news-rules';
import { maybeOne } from '@penstock/store/tx';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
beforeAll(async () => {
  fixture = await workspaceFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const account = (name: string, place: { city?: string; region?: string; domain?: string } = {}) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    createAccount(
      tx,
      { name, formerNames: [], ids: [], country: 'US', region: null, city: null, domain: null, ...place },
      { state: 'active', origin: 'manual', isTest: false, ownerId: null, now: fixture.clock.now() },
    ),
  );
const add = (settings: Exclude<SourceSettings, { kind: 'described' }>, name = 'A source') =>
  fixture.run(fixture.admin, addSource, { name, settings });

/** Looks once at a source whose file reads like this. */
async function look(
  id: string,
  body: string,
  status = 200,
  headers: Record<string, string> = {},
  onRequest: (request: SourceRequest) => void = () => undefined,
) {
  const { store, workspaceId, clock } = fixture;
  clock.advanceMs(60_000);
  const watch = await store.inWorkspace(workspaceId, (tx) => maybeOne(tx, readConfiguredSource, id));
  invariant(watch, 'the source is watched');
  const adapter = createConfiguredAdapter(watch, { contact: 'test@x.example', pollEverySeconds: null });
  const fetch = (request: SourceRequest) => {
    onRequest(request);
    return Promise.resolve({ status, headers, body });
  };
  return pollSource({ store, clock, scoring: scoringPort, fetch }, adapter, { workspaceId, watchId: id });
}
const feed = (...articles: { title: string; text?: string }[]) =>
  `<rss version="2.0"><channel>${articles
    .map(
      ({ title, text = '' }) =>
        `<item><title>${title}</title><description>${text}</description><link>https://n.example/${encodeURIComponent(title)}</link></item>`,
    )
    .join('')}</channel></rss>`;
const OLD = { title: 'Yesterday’s news of nobody' };
const told = async (accountId: string) =>
  (await fixture.run(fixture.admin, listSignals, { accountId })).items;

it('a feed tells of accounts whose place or domain it names; a bare name waits for a person; others are left out', async () => {
  const boston = await account('Larkspur Dynamics', { city: 'Boston' });
  const web = await account('Ninefold Labs', { domain: 'ninefold.example' });
  const bare = await account('Quillfeather Robotics', { city: 'Austin' });
  const { id } = await add({ kind: 'press', url: 'https://news.example/feed.xml' });
  expect(await look(id, feed(OLD))).toMatchObject({ listed: 0, signals: 0 });
  const articles = [
    { title: 'Larkspur Dynamics raises $12.5 million', text: 'BOSTON: the company said.' },
    { title: 'Ninefold Labs raises $4 million', text: 'More at ninefold.example.' },
    { title: 'Quillfeather Robotics raises $7 million' },
    { title: 'Nobody We Know raises $9 million', text: 'Boston' },
    { title: 'How to raise money' },
  ];
  expect(await look(id, feed(...articles, OLD))).toMatchObject({ listed: 5, signals: 3, withoutSignal: 2 });
  expect(await look(id, feed(...articles, OLD))).toMatchObject({ listed: 0, signals: 0 });
  expect(await told(boston)).toMatchObject([
    { kind: 'funding', evidence: { quote: 'Larkspur Dynamics raises $12.5 million' } },
  ]);
  expect(await told(web)).toHaveLength(1);
  expect(await told(bare)).toEqual([]);
  const { items } = await fixture.run(fixture.admin, listCompanyReviews, {});
  expect(items).toMatchObject([{ name: 'Quillfeather Robotics', candidates: [{ accountId: bare }] }]);
  const answer = answerCompanyReviewOperation({ scoring: scoringPort });
  await fixture.run(fixture.admin, answer, { id: items[0]?.id ?? '', accountId: bare });
  expect(await told(bare)).toHaveLength(1);
  await look(id, feed({ title: 'Quillfeather Robotics opens an office in Germany' }, OLD));
  expect((await told(bare)).map(({ kind }) => kind)).toEqual(['expansion', 'funding']);
  expect((await fixture.run(fixture.admin, listCompanyReviews, {})).items).toEqual([]);
});

it('two feeds that print one release, and a notice of the state, are one event each', async () => {
  const id = await account('Fernbank Foods', { city: 'Fresno', region: 'CA' });
  const first = await add({ kind: 'press', url: 'https://one.example/feed' }, 'One News');
  const second = await add({ kind: 'press', url: 'https://two.example/feed' }, 'Two News');
  const state = await add(
    { kind: 'warn', url: 'https://state.example/warn.csv', region: 'CA' },
    'Notices of California',
  );
  const head = 'Company,City,Notice Date,Effective Date,Employees\n';
  const before = 'Somebody Else,Fresno,1/2/2026,3/2/2026,50\n';
  for (const source of [first, second]) await look(source.id, feed(OLD));
  await look(state.id, head + before);
  for (const source of [first, second])
    await look(source.id, feed({ title: 'Fernbank Foods lays off 90 workers', text: 'In Fresno.' }, OLD));
  await look(state.id, `${head}${before}Fernbank Foods,Fresno,11/20/2026,1/19/2027,92\n`);
  expect(await told(id)).toMatchObject([
    {
      kind: 'budget_cut',
      source: `warn/${state.id}`,
      summary: expect.stringContaining('92 people in Fresno, CA'),
      toldBy: ['Notices of California', 'One News', 'Two News'],
    },
  ]);
});

it('rules say which news counts: tried on what was there before and what came since, published, obeyed', async () => {
  const wren = await account('Wrenfield Instruments', { domain: 'wrenfield.example' });
  const { id } = await add({ kind: 'press', url: 'https://trade.example/feed' }, 'Trade News');
  const before = {
    title: 'Wrenfield Instruments raises $6 million',
    text: 'At wrenfield.example, on 3 May.',
  };
  await look(id, feed(before, OLD));
  const { published } = await fixture.run(fixture.admin, readWatchRules, {});
  const [usual] = published.news.rules;
  invariant(usual, 'there is a rule to begin with');
  const partners = {
    ...usual,
    name: 'Partners',
    kinds: [],
    tellsAs: 'expansion' as const,
    words: ['partnership'],
    notWords: ['sponsorship'],
    strength: 0.4,
  };
  const body = {
    ...published,
    synonyms: [...published.synonyms, ['partnership', 'alliance']],
    news: {
      rules: [partners, { ...usual, notWords: ['paid content'] }],
      ignoredPublishers: ['gossip.example'],
    },
  };
  const tried = await fixture.run(fixture.admin, testNewsRules, { body });
  expect(tried.examples.filter(({ accountId }) => accountId === wren)).toMatchObject([
    { rule: 'Business news', isBaseline: true, isSure: true, publisher: 'n.example', isGained: false },
  ]);
  expect(tried.publishers).toContain('n.example');
  await expect(
    fixture.run(fixture.admin, saveWatchRulesDraft, {
      body: { ...body, news: { ...body.news, rules: [{ ...partners, words: ['a.*b'] }] } },
      note: '',
    }),
  ).rejects.toThrow(/news\.rules\.0\.words\.0: is a regular expression/);
  const draft = await fixture.run(fixture.admin, saveWatchRulesDraft, { body, note: '' });
  await fixture.run(fixture.admin, publishWatchRules, { versionId: draft.versionId, note: 'partners' });
  const news = [
    { title: 'Paid content: Wrenfield Instruments raises $80 million', text: 'See wrenfield.example.' },
    { title: 'Why Wrenfield Instruments wants an alliance', text: 'See wrenfield.example.' },
    { title: 'Wrenfield Instruments in partnership with nobody we can place' },
    { title: 'A sponsorship and a partnership for Wrenfield Instruments', text: 'wrenfield.example' },
  ];
  expect(await look(id, feed(...news, before, OLD))).toMatchObject({ listed: 4, signals: 1 });
  expect(await told(wren)).toMatchObject([
    {
      kind: 'expansion',
      strength: 0.4,
      summary: 'Wrenfield Instruments is in the news: Partners (“partnership”).',
      evidence: { quote: 'Why Wrenfield Instruments wants an alliance' },
    },
  ]);
  const after = await fixture.run(fixture.admin, testNewsRules, { body });
  const misses = after.nearMisses.filter(({ title }) => news.some((one) => one.title === title));
  const whys = misses.map(({ title, rule, line, because }) => [title, rule, line, because]);
  expect(whys).toEqual(
    expect.arrayContaining([
      [news[0]?.title, 'Business news', 'notWords', 'paid content'],
      [news[2]?.title, 'Partners', 'account', 'unsure'],
      [news[3]?.title, 'Partners', 'notWords', 'sponsorship'],
    ]),
  );
  // Nobody is asked whether a mere mention is the account.
  expect((await fixture.run(fixture.admin, listCompanyReviews, {})).items).toEqual([]);
});

it('a feed that answers with a page, an error or nothing is an outage, shown with its reason, and tells nothing', async () => {
  const { id } = await add({ kind: 'press', url: 'https://broken.example/feed' }, 'Broken feed');
  await look(id, feed(OLD));
  for (const [body, status, fault] of [
    ['<html><body>Sign in</body></html>', 200, 'malformed'],
    [feed(), 200, 'empty'],
    ['', 503, 'unavailable'],
  ] as const) {
    expect((await look(id, body, status)).fault).toContain(fault);
    const { items } = await fixture.run(fixture.admin, listSources, {});
    expect(items.find((source) => source.id === id)).toMatchObject({
      name: 'Broken feed',
      url: 'https://broken.example/feed',
      health: 'failing',
      lastFault: expect.stringContaining(fault),
    });
  }
  expect(await look(id, feed(OLD))).toMatchObject({ fault: '', listed: 0 });
});

it('an address has to be public, https and new; a source can be stopped', async () => {
  for (const url of [
    'http://news.example/feed',
    'https://127.0.0.1/feed',
    'https://[::1]/feed',
    'https://2130706433/feed',
    'https://localhost/feed',
    'https://user:pw@news.example/feed',
    'https://news.example:8443/feed',
    'file:///etc/passwd',
  ])
    await expect(add({ kind: 'press', url }), url).rejects.toThrow(/settings\.url/);
  await expect(add({ kind: 'warn', url: 'https://s.example/w.csv', region: 'California' })).rejects.toThrow(
    /region/,
  );
  const { id } = await add({ kind: 'press', url: 'https://stop.example/feed' });
  await expect(add({ kind: 'press', url: 'https://stop.example/feed' })).rejects.toThrow(/watched already/);
  await fixture.run(fixture.admin, switchSource, { id, active: false });
  const due = await fixture.store.dueWork.dueWatches(fixture.clock.now(), 0, 100);
  expect(due.map(({ watchId }) => watchId)).not.toContain(id);
  await expect(fixture.run(fixture.reps[0], switchSource, { id, active: true })).rejects.toThrow();
});

it('asks for a feed only if it has changed, and shows the beginning of a reply that can’t be read', async () => {
  const { id } = await add({ kind: 'press', url: 'https://conditional.example/feed' }, 'Conditional');
  const source = async () => {
    const { items } = await fixture.run(fixture.admin, listSources, {});
    const found = items.find((one) => one.id === id);
    invariant(found, 'the source is listed');
    return found;
  };
  const asked: (string | undefined)[] = [];
  const ask = ({ headers }: SourceRequest) => asked.push(headers?.['if-none-match']);
  await look(id, feed(OLD), 200, { etag: '"v1"' }, ask);
  await look(id, '', 304, {}, ask);
  expect(await source()).toMatchObject({ looks: 2, unchanged: 1, health: 'healthy' });
  await look(id, feed(OLD), 200, { etag: '"v2"' }, ask);
  await look(id, '<html>We have moved</html>', 200, {}, ask);
  expect(await source()).toMatchObject({ looks: 4, health: 'failing', sample: '<html>We have moved</html>' });
  await look(id, feed(OLD), 200, {}, ask);
  expect(await source()).toMatchObject({ looks: 5, health: 'healthy', sample: '' });
  expect(asked).toEqual([undefined, '"v1"', '"v1"', '"v2"', undefined]);
  // Nobody asked for that answer: it says nothing.
  await look(id, '', 304);
  expect((await source()).health).toBe('failing');
});
