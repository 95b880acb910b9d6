import { SourceError } from '@penstock/signals/source-port';
import { describe, expect, it } from 'vitest';

import { gdelt } from './gdelt.ts';
import { joinTitle } from './title.ts';

const company = { name: 'Northmill Software, Inc.', domain: 'northmill.example', city: 'Berlin' };
const NOW = new Date('2026-11-30T12:00:00Z');
const reply = (body: string, status = 200) => ({ status, headers: {}, body });
const article = (title: string) => ({
  url: 'https://paper.example/a',
  url_mobile: '',
  title,
  seendate: '20261130T101500Z',
  socialimage: '',
  domain: 'paper.example',
  language: 'English',
  sourcecountry: 'Germany',
});

describe('the question', () => {
  const queryOf = (changes: Partial<typeof company>, languages: string[] = []) => {
    const since = new Date('2026-11-29T12:00:00Z');
    const request = gdelt.request({ ...company, ...changes }, since, NOW, languages);
    return request === null ? null : new URL(request.path, 'https://x.example').searchParams;
  };

  it('wants the name, and beside it the domain or the city', () => {
    expect(queryOf({})?.get('query')).toBe(
      '"Northmill Software" ("northmill.example" OR "Berlin") sourcelang:english',
    );
    expect(queryOf({})?.get('startdatetime')).toBe('20261129120000');
  });

  it('is not asked where nothing tells the company apart, or its name is a word of everyday', () => {
    expect(queryOf({ domain: '', city: '' })).toBeNull();
    expect(queryOf({ name: 'Apex' })).toBeNull();
  });

  it('asks for the languages that rules name', () => {
    expect(queryOf({}, ['de', 'fr'])?.get('query')).toMatch(/ \(sourcelang:german OR sourcelang:french\)$/);
    expect(queryOf({}, ['de', 'xx'])?.get('query')).toMatch(/ sourcelang:german$/);
  });

  it('can’t be widened by a name', () => {
    expect(queryOf({ name: 'Acme") OR ("war' })?.get('query')).toMatch(/^"Acme OR war" /);
  });
});

describe('the answer', () => {
  it('is a list of articles; nothing found is an empty object', () => {
    const [found] = gdelt.parse(
      reply(JSON.stringify({ articles: [article('Northmill raises $ 30 million')] })),
    );
    expect(found).toEqual({
      url: 'https://paper.example/a',
      title: 'Northmill raises $30 million',
      at: '2026-11-30T10:15:00.000Z',
      language: 'en',
    });
    expect(gdelt.parse(reply('{}'))).toEqual([]);
  });

  it('is read though its titles hold what JSON does not allow', () => {
    const body = `{"articles":[{"url":"https://paper.example/a","title":"A \\'quoted\\' and\ttabbed one","seendate":"20261130T101500Z"}]}`;
    expect(gdelt.parse(reply(body))).toMatchObject([{ title: expect.stringContaining('quoted') }]);
  });

  it.each([
    ['rate_limited', reply('Please limit requests to one every 5 seconds', 429)],
    ['rate_limited', reply('Please limit requests to one every 5 seconds')],
    ['malformed', reply('The specified phrase is too short.')],
    ['malformed', reply('<html>')],
    ['unavailable', reply('', 503)],
    ['forbidden', reply('', 403)],
  ])('is an outage: %s', (fault, said) => {
    expect(() => gdelt.parse(said)).toThrow(SourceError);
    expect(() => gdelt.parse(said)).toThrow(fault);
  });
});

describe('a headline', () => {
  const read = (title: string) =>
    gdelt.read({ url: 'https://www.p.example/a', title, at: NOW.toISOString(), language: 'en' }, company);

  it('says something of this company where it names it', () => {
    expect(read('Northmill raises $30 million in Series B')).toMatchObject({
      claim: { kind: 'funding', facts: { amountUsd: 30_000_000 } },
      named: ['Northmill Software, Inc.'],
      publisher: 'p.example',
    });
  });

  it('may name it without saying what its verb tells, or be of an article that only mentions it', () => {
    expect(read('Why Northmill Software is a leader')).toMatchObject({
      claim: null,
      named: ['Northmill Software, Inc.'],
    });
    expect(read('How to mill')).toMatchObject({ claim: null, named: [], mentioned: [company.name] });
  });

  it.each(['Harbourline acquires Northmill', 'Northmill Road Cafe raises $30 million'])(
    'says nothing of this company: %s',
    (title) => {
      expect(read(title).claim).toBeNull();
    },
  );
});

it.each([
  [
    'Apple to invest $ 500 billion , hire 20 , 000 people',
    'Apple to invest $500 billion, hire 20,000 people',
  ],
  ['Northmill ’ s CEO steps down', 'Northmill’s CEO steps down'],
  ['Northmill cuts 10 % of its workforce ( again )', 'Northmill cuts 10% of its workforce (again)'],
  ['A Berlin - based company', 'A Berlin-based company'],
])('puts a title together: %s', (told, whole) => {
  expect(joinTitle(told)).toBe(whole);
});
