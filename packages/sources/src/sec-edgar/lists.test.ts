import { SourceError } from '@penstock/signals/source-port';
import type { SourceReply } from '@penstock/signals/source-port';
import { describe, expect, it } from 'vitest';

import { createSourceAdapters } from '../registry.ts';
import { filingDaysBetween, isFilingDay } from './business-days.ts';
import { createCurrentFilings } from './current-filings.ts';
import { createDailyIndex } from './daily-index.ts';
import { formD } from './form-family.ts';

const options = { contact: 'Brightwater ops@brightwater.example', publicOrigin: 'https://www.sec.gov' };
const feed = createCurrentFilings(formD, options);
const index = createDailyIndex(formD, options);
const now = new Date('2026-02-10T15:00:00Z');

const reply = (body: string, status = 200): SourceReply => ({ status, headers: {}, body });

function faultOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof SourceError ? error.fault : String(error);
  }
}

const entry = (
  form: string,
  cik: string,
  accession: string,
  time = '2026-02-10T09:00:00-05:00',
): string => `<entry>
<title>${form} - Issuer ${cik} (${cik.padStart(10, '0')}) (Filer)</title>
<link rel="alternate" type="text/html" href="https://www.sec.gov/Archives/edgar/data/${cik}/${accession.replaceAll('-', '')}/${accession}-index.htm"/>
<updated>${time}</updated><category scheme="https://www.sec.gov/" label="form type" term="${form}"/>
<id>urn:tag:sec.gov,2008:accession-number=${accession}</id></entry>`;

const atom = (...entries: string[]): string =>
  `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title>${entries.join('\n')}</feed>`;

describe('the feed of current filings', () => {
  const first = { path: feed.listRequest(null, 0, now)?.path ?? '' };

  it('is asked as EDGAR wants it, with a declared agent', () => {
    expect(feed.listRequest(null, 0, now)).toMatchObject({
      path: expect.stringMatching(
        /^\/cgi-bin\/browse-edgar\?action=getcurrent&type=D&.*start=0&count=100&output=atom$/,
      ),
      headers: { 'user-agent': options.contact },
    });
    expect(feed.listRequest(null, 1, now)).toBeNull();
  });

  it('is read further back after a longer pause, but not without end', () => {
    const pages = (cursor: string): number =>
      [...Array(50).keys()].filter((page) => feed.listRequest(cursor, page, now) !== null).length;
    expect([
      pages('2026-02-10T14:59:00Z'),
      pages('2026-02-10T14:20:00Z'),
      pages('2026-01-01T00:00:00Z'),
    ]).toEqual([1, 3, 10]);
  });

  it('lists Form D and D/A only, each filing once', () => {
    const body = atom(
      entry('D', '1999001', '0001999001-26-000001'),
      entry('D', '1999002', '0001999001-26-000001'),
      entry('DEF 14A', '5', '0000000005-26-000001'),
      entry('D/A', '1999003', '0001999003-26-000007', '2026-02-10T09:30:00-05:00'),
      entry('DFAN14A', '6', '0000000006-26-000001'),
    );
    const { items } = feed.parseList(reply(body), first);
    expect(items.map((item) => item.key)).toEqual(['0001999001-26-000001', '0001999003-26-000007']);
    expect(items[0]).toMatchObject({
      title: 'D - Issuer 1999001',
      publishedAt: '2026-02-10T14:00:00.000Z',
      documentPath: '/Archives/edgar/data/1999001/000199900126000001/primary_doc.xml',
    });
    expect(feed.nextCursor('2026-02-10T13:00:00.000Z', items, now)).toBe('2026-02-10T14:30:00.000Z');
    expect(feed.nextCursor('2026-02-11T00:00:00.000Z', items, now)).toBe('2026-02-11T00:00:00.000Z');
  });

  it('may hold filings without any Form D', () => {
    expect(feed.parseList(reply(atom(entry('DEFA14A', '5', '0000000005-26-000001'))), first).items).toEqual(
      [],
    );
  });

  it('is an outage when it is empty, cut off, no feed or hostile', () => {
    const broken = entry('D', '1999001', '0001999001-26-000001').replace(/<updated>.*<\/updated>/, '');
    expect(faultOf(() => feed.parseList(reply(atom()), first))).toBe('empty');
    expect(faultOf(() => feed.parseList(reply(''), first))).toBe('malformed');
    expect(
      faultOf(() =>
        feed.parseList(reply(atom(entry('D', '1', '0001999001-26-000001')).slice(0, -60)), first),
      ),
    ).toBe('malformed');
    expect(faultOf(() => feed.parseList(reply('<html><body>hello</body></html>'), first))).toBe('malformed');
    expect(faultOf(() => feed.parseList(reply(atom(broken)), first))).toBe('malformed');
    expect(faultOf(() => feed.parseList(reply(`<!DOCTYPE a [<!ENTITY x "y">]>${atom()}`), first))).toBe(
      'malformed',
    );
    expect(feed.parseList(reply(atom()), { path: first.path.replace('start=0', 'start=100') }).items).toEqual(
      [],
    );
  });

  it.each([
    [403, 'Your Request Originates from an Undeclared Automated Tool', 'forbidden'],
    [403, 'Request Rate Threshold Exceeded', 'rate_limited'],
    [429, '', 'rate_limited'],
    [503, '', 'unavailable'],
  ])('HTTP %i (%s) is %s', (status, body, fault) => {
    expect(faultOf(() => feed.parseList(reply(body, status), first))).toBe(fault);
    expect(
      faultOf(() =>
        feed.parseItem(
          { key: '', title: '', publishedAt: '', documentPath: '', publicUrl: '' },
          reply(body, status),
        ),
      ),
    ).toBe(fault);
  });
});

const HEAD = `Description:           Daily Index of EDGAR Dissemination Feed by Form Type
Last Data Received:    Feb 9, 2026
 
Form Type   Company Name                                                  CIK         Date Filed  File Name
---------------------------------------------------------------------------------------------------------
`;
const row = (form: string, name: string, cik: string, accession: string): string =>
  `${form.padEnd(11)} ${name.padEnd(61)} ${cik.padEnd(11)} 20260209    edgar/data/${cik}/${accession}.txt         \n`;

describe('the index of a day', () => {
  const request = { path: index.listRequest(null, 0, now)?.path ?? '' };

  it('is asked for the last day that is complete, and day by day after a pause', () => {
    expect(request.path).toBe('/Archives/edgar/daily-index/2026/QTR1/form.20260209.idx');
    const days = [0, 1, 2, 3].map(
      (page) => index.listRequest('2026-02-04', page, now)?.path.slice(-12) ?? null,
    );
    expect(days).toEqual(['20260205.idx', '20260206.idx', '20260209.idx', null]);
    expect(index.nextCursor('2026-02-04', [], now)).toBe('2026-02-09');
    expect(index.nextCursor('2026-02-09', [], now)).toBe('2026-02-09');
    expect(index.listRequest('2026-02-09', 0, now)).toBeNull();
  });

  it('catches up in rounds, without skipping a day between them', () => {
    const cursor = index.nextCursor('2025-12-01', [], now);
    expect(cursor).toBe('2025-12-15');
    expect(index.listRequest(cursor, 0, now)?.path).toContain('20251216');
  });

  it('lists Form D and D/A, with long names and every line ending', () => {
    const body =
      HEAD +
      row('D', 'Brightwater Analytics, Inc.', '1999001', '0001999001-26-000001') +
      row(
        'D',
        'A name that is very much longer than the sixty-one characters of its column, LLC',
        '1999002',
        '0001999002-26-000001',
      ) +
      row('D/A', 'Fund 2', '1999003', '0001999003-26-000001') +
      row('DEF 14A', 'Other', '5', '0000000005-26-000001') +
      row('D', 'Co-issuer', '1999009', '0001999001-26-000001');
    for (const text of [body, body.replaceAll('\n', '\r\n'), `\uFEFF${body}`]) {
      const { items } = index.parseList(reply(text), request);
      expect(items.map(({ key, title }) => `${key} ${title}`)).toEqual([
        '0001999001-26-000001 D - Brightwater Analytics, Inc.',
        '0001999002-26-000001 D - A name that is very much longer than the sixty-one characters of its column, LLC',
        '0001999003-26-000001 D/A - Fund 2',
      ]);
    }
  });

  it.each([
    ['empty', HEAD, 'empty'],
    ['nothing', '', 'malformed'],
    ['HTML', '<html></html>', 'malformed'],
    ['rows without a header', row('D', 'X', '1', '0001999001-26-000001'), 'malformed'],
    [
      'a line that is no filing',
      `${HEAD}${row('D', 'X', '1', '0001999001-26-000001')}what is this\n`,
      'malformed',
    ],
    ['cut off within a line', (HEAD + row('D', 'X', '1', '0001999001-26-000001')).trimEnd(), 'malformed'],
    ['another table', HEAD.replace('CIK', 'LEI') + row('D', 'X', '1', '0001999001-26-000001'), 'malformed'],
  ])('%s is a fault', (_name, text, fault) => {
    expect(faultOf(() => index.parseList(reply(text), request))).toBe(fault);
  });

  it('that isn’t there is an outage, not an empty day', () => {
    expect(faultOf(() => index.parseList(reply('', 404), request))).toBe('unavailable');
    expect(
      faultOf(() => index.parseList(reply('<Error><Code>AccessDenied</Code></Error>', 403), request)),
    ).toBe('unavailable');
  });
});

describe('filing days', () => {
  it('leave out weekends and federal holidays', () => {
    expect(filingDaysBetween('2026-11-20', '2026-12-01', 99)).toEqual([
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-27',
      '2026-11-30',
    ]);
    for (const day of [
      '2026-01-01',
      '2026-01-19',
      '2026-02-16',
      '2026-05-25',
      '2026-06-19',
      '2026-07-03',
      '2026-09-07',
      '2026-10-12',
      '2026-11-11',
      '2026-12-25',
      '2027-07-05',
    ]) {
      expect([day, isFilingDay(day)]).toEqual([day, false]);
    }
    expect(isFilingDay('2026-11-23')).toBe(true);
  });
});

it('are all registered, and say what they can’t know', () => {
  const adapters = createSourceAdapters({ contact: options.contact });
  expect([...adapters.keys()]).toEqual([
    'sec-edgar/current-form-d',
    'sec-edgar/daily-index',
    'sec-edgar/current-8-k',
    'sec-edgar/daily-index-8-k',
  ]);
  for (const { manifest } of adapters.values()) expect(manifest.cannotKnow).not.toBe('');
});
