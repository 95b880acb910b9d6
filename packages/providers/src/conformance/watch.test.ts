import type { CompanyEvent, ProviderReply } from '@penstock/enrichment/provider-port';
import { describe, expect, it } from 'vitest';

import { providerAdapters } from '../registry.ts';
import { json } from './cases.ts';
import {
  aJob,
  asSecond,
  aTool,
  jobsFound,
  lushaFound,
  lushaGrowth,
  lushaNews,
  lushaSurge,
  newsFound,
  SINCE,
  siteOf,
} from './watch-cases.ts';

const asked = { companyDomain: 'northmill.example', since: SINCE };
const read = (provider: string, capability: string, reply: ProviderReply) =>
  providerAdapters.get(provider)?.parseReply(capability, reply, asked);
const eventsOf = (provider: string, capability: string, reply: ProviderReply): CompanyEvent[] => {
  const answer = read(provider, capability, reply);
  return answer?.outcome === 'events' ? answer.events : [];
};
const requestOf = (provider: string, capability: string, page = '0') =>
  providerAdapters.get(provider)?.buildRequest(capability, { ...asked, page });

describe('TheirStack', () => {
  it('asks only for what is newer, a page at a time', () => {
    expect(requestOf('theirstack', 'jobs', '2')).toMatchObject({
      path: '/v1/jobs/search',
      body: {
        company_domain_or: ['northmill.example'],
        discovered_at_gte: '2026-11-01T00:00:00',
        offset: 50,
        limit: 25,
      },
    });
    expect(requestOf('theirstack', 'technologies')?.body).toMatchObject({
      first_date_found_gte: '2026-11-01',
    });
  });

  it('costs a credit for every job that is returned, also for those of another company', () => {
    const answer = read(
      'theirstack',
      'jobs',
      jobsFound(aJob({}), aJob({ company_object: { domain: 'x.example' } })),
    );
    expect(answer).toMatchObject({
      vendorCredits: 2,
      more: false,
      events: [{ ref: '4711', countries: ['DE'] }],
    });
  });

  it('has more where a page is full', () => {
    const full = Array.from({ length: 25 }, (_, id) => aJob({ id }));
    expect(read('theirstack', 'jobs', jobsFound(...full))).toMatchObject({ more: true, vendorCredits: 25 });
  });

  it('costs nothing where no technology is new', () => {
    expect(read('theirstack', 'technologies', json(200, { data: [] }))).toMatchObject({
      events: [],
      vendorCredits: 0,
    });
  });
});

describe('PredictLeads', () => {
  it.each([
    ['money', {}, {}, 'funding', 'raises $30,000,000 (series b)', { amountUsd: 30_000_000 }],
    [
      'lay-offs',
      { category: 'decreases_headcount_by', headcount: 120 },
      {},
      'budget_cut',
      'cuts 120 jobs',
      {},
    ],
    [
      'a purchase',
      { category: 'acquires' },
      {},
      'acquisition',
      'acquires another company',
      { direction: 'acquired' },
    ],
    [
      'its sale',
      { category: 'acquires' },
      asSecond,
      'acquisition',
      'is acquired',
      { direction: 'was_acquired' },
    ],
    [
      'an office',
      {
        category: 'expands_offices_in',
        location: 'Lyon',
        location_data: [{ city: 'Lyon', country: 'France' }],
      },
      {},
      'expansion',
      'expands in Lyon',
      { country: 'FR' },
    ],
    [
      'a chief',
      { category: 'hires', job_title: 'CFO' },
      {},
      'executive_hire',
      'appoints a new CFO',
      { role: 'CFO' },
    ],
    [
      'who leaves',
      { category: 'leaves', job_title: 'CTO' },
      {},
      'leadership_change',
      'loses its CTO',
      { role: 'CTO' },
    ],
  ])('tells of %s', (_name, attributes, relations, kind, told, facts) => {
    const [event] = eventsOf('predictleads', 'news', newsFound(attributes, relations));
    expect(event).toMatchObject({
      what: 'news',
      kind,
      told,
      facts,
      url: 'https://press.example/northmill-raises',
    });
    expect(event?.what === 'news' ? `${event.told} ${JSON.stringify(event.facts)}` : '').not.toMatch(
      /Okafor/,
    );
  });

  it.each([
    ['what is planned', { planning: true }, {}],
    ['a junior hire', { category: 'hires', job_title: 'Accountant' }, {}],
    ['the money of somebody else', {}, asSecond],
    ['a category that nobody acts on', { category: 'attends_event' }, {}],
    ['an article that only mentions it', {}, { company1: asSecond.company1 }],
  ])('says nothing of %s', (_name, attributes, relations) => {
    expect(eventsOf('predictleads', 'news', newsFound(attributes, relations))).toEqual([]);
  });

  it('costs a credit for an empty page too, and pages from 1', () => {
    expect(read('predictleads', 'news', json(200, { data: [], included: [] }))).toMatchObject({
      vendorCredits: 1,
    });
    expect(requestOf('predictleads', 'openings')?.path).toContain('page=1&limit=50');
    expect(requestOf('predictleads', 'openings', '1')?.path).toContain('page=2');
  });
});

describe('BuiltWith', () => {
  const tools = (reply: ProviderReply) =>
    eventsOf('builtwith', 'technologies', reply).map((event) =>
      event.what === 'technology' ? `${event.change} ${event.name}` : '',
    );

  it('tells what was added and what is gone, one tool once however many paths show it', () => {
    expect(
      tools(
        siteOf(
          [aTool('HubSpot', '2026-11-15', '2026-11-28'), aTool('nginx', '2019-01-01', '2026-11-28')],
          [aTool('HubSpot', '2026-11-20', '2026-11-25'), aTool('Marketo', '2020-01-01', '2026-10-01')],
        ),
      ),
    ).toEqual(['adopted HubSpot', 'dropped Marketo']);
  });

  it('takes a site that nobody has looked at for long for no site that has dropped everything', () => {
    expect(
      tools(
        siteOf([aTool('HubSpot', '2019-01-01', '2026-09-01'), aTool('nginx', '2019-01-01', '2026-09-02')]),
      ),
    ).toEqual([]);
  });

  it('tells nothing of what pages are written in, and asks for what sort of thing each is', () => {
    const script = { ...aTool('core-js', '2026-11-15', '2026-11-28'), Tag: 'javascript' };
    const served = { ...aTool('nginx', '2026-11-15', '2026-11-28'), Tag: 'Web Server' };
    const chat = { ...aTool('Intercom', '2026-11-16', '2026-11-28'), Tag: 'widgets' };
    expect(tools(siteOf([script, served, chat]))).toEqual(['adopted Intercom']);
    expect(requestOf('builtwith', 'technologies')?.path).not.toContain('HIDETEXT');
  });

  it('asks for nothing of people', () => {
    expect(requestOf('builtwith', 'technologies')?.path).toContain('NOPII=yes');
  });

  it('leads to where anybody can see it', () => {
    const [event] = eventsOf(
      'builtwith',
      'technologies',
      siteOf([aTool('HubSpot', '2026-11-15', '2026-11-28')]),
    );
    expect(event?.url).toBe('https://builtwith.com/northmill.example');
  });
});

describe('Lusha', () => {
  const newsIn = (changes: Record<string, unknown>) =>
    eventsOf('lusha', 'news', lushaFound({ corporateStrategyNews: [lushaNews(changes)] }));

  it('asks for the types that say something to act on, and only for days since the last question', () => {
    const body = requestOf('lusha', 'news')?.body;
    expect(body).toMatchObject({
      companies: [{ id: '1', domain: 'northmill.example' }],
      startDate: '2026-11-01',
      maxResultsPerSignal: 5,
    });
    expect(JSON.stringify(body)).toContain('"Funding Round","M&A"');
    expect(requestOf('lusha', 'workforce')?.body).not.toHaveProperty('filters');
  });

  it.each([
    ['money', {}, 'funding', 'raises money', {}],
    [
      'a purchase',
      { eventType: 'm&a', eventSummary: 'Northmill acquires Harbourline.', articleTitle: null },
      'acquisition',
      'acquires another company',
      { direction: 'acquired' },
    ],
    [
      'its sale',
      { eventType: 'M&A', eventSummary: 'Northmill was acquired by Harbourline.', articleTitle: null },
      'acquisition',
      'is acquired',
      { direction: 'was_acquired' },
    ],
    [
      'its sale, told of who buys',
      {
        eventType: 'm_and_a',
        eventSummary: 'Harbourline completes acquisition of Northmill.',
        articleTitle: '',
      },
      'acquisition',
      'is acquired',
      { direction: 'was_acquired' },
    ],
    ['lay-offs', { eventType: 'headcount decrease' }, 'budget_cut', 'cuts jobs', {}],
    [
      'a chief',
      {
        eventType: 'executive hire',
        eventSummary: 'Northmill appoints Ada Okafor as Chief Financial Officer.',
      },
      'executive_hire',
      'appoints a new Chief Financial Officer',
      { role: 'Chief Financial Officer' },
    ],
  ])('tells of %s', (_name, changes, kind, told, facts) => {
    const [event] = newsIn(changes);
    expect(event).toMatchObject({ what: 'news', kind, told, facts, at: '2026-11-14T00:00:00.000Z' });
    expect(event?.what === 'news' ? `${event.told} ${JSON.stringify(event.facts)}` : '').not.toMatch(
      /Okafor/,
    );
  });

  it.each([
    [
      'a purchase by others',
      { eventType: 'm&a', eventSummary: 'Harbourline acquires Castlebank.', articleTitle: null },
    ],
    [
      'a merger of equals',
      { eventType: 'm&a', eventSummary: 'Northmill merges with Harbourline.', articleTitle: null },
    ],
    [
      'a junior hire',
      { eventType: 'executive hire', eventSummary: 'Northmill welcomes its new accountant.' },
    ],
    ['a type that nobody acts on', { eventType: 'event participation' }],
    ['what has no day', { eventEffectiveDate: null, articlePublishedDate: null }],
  ])('says nothing of %s', (_name, changes) => {
    expect(newsIn(changes)).toEqual([]);
  });

  it('tells of growth, and takes a smaller headcount for nothing', () => {
    const told = (reply: ProviderReply) =>
      eventsOf('lusha', 'workforce', reply).map((event) => (event.what === 'news' ? event.told : ''));
    expect(
      told(lushaFound({ surgeInHiring: [lushaSurge], headcountIncrease3m: [lushaGrowth(560)] })),
    ).toEqual([
      'posted 25 openings in a week, where 10 are usual',
      'grew from 500 to 560 people in three months',
    ]);
    expect(told(lushaFound({ headcountIncrease3m: [lushaGrowth(480)] }))).toEqual([]);
  });

  it('pays what the answer says, also for a company that was not meant or is not known', () => {
    const other = lushaFound({ financialEventsNews: [lushaNews({})] }, 1, 'northmill-bakery.example');
    expect(read('lusha', 'news', other)).toMatchObject({ events: [], vendorCredits: 1 });
    expect(read('lusha', 'news', json(200, { companies: {}, creditCharged: 1 }))).toMatchObject({
      events: [],
      vendorCredits: 1,
    });
  });
});
