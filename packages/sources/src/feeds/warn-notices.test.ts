import { expect, it } from 'vitest';

import { createConfiguredAdapter } from './configured.ts';
import { dayOf, headcountOf, readNotices } from './warn-notices.ts';

const adapter = createConfiguredAdapter(
  {
    id: 'warn/1',
    name: 'WARN',
    settings: { kind: 'warn', url: 'https://state.example/w.csv?y=2026', region: 'CA' },
  },
  { contact: 'Penstock (ops@x.example)', pollEverySeconds: null },
);
const reply = (body: string, status = 200) => ({ status, headers: {}, body });
const list = (csv: string) => adapter.parseList(reply(csv), { path: '/' }).items;

it.each([
  [
    'Company,City,Notice Date,Effective Date,No. Of Employees\r\n"Acme, Inc.",Fresno,7/2/2026,8/31/2026,"1,204"',
  ],
  [
    'Notice Date,Received Date,Effective Date,Company,City,Number of Workers\n07/02/2026,07/03/2026,08/31/26,"Acme, Inc.",Fresno,1204',
  ],
  [
    '\uFEFFEmployer Name,Location City,WARN Date,Layoff Date,Total Employees Affected\n"Acme, Inc.",Fresno,2026-07-02,2026-08-31,1204',
  ],
])('reads the columns of states: %s', (csv) => {
  expect(readNotices('warn/1', csv)).toMatchObject([
    {
      company: 'Acme, Inc.',
      city: 'Fresno',
      noticedOn: '2026-07-02',
      effectiveOn: '2026-08-31',
      people: '1204',
    },
  ]);
});

it('makes a lay-off of a notice, with the row as evidence; the same row is the same item', () => {
  const csv = 'Company,City,Notice Date,Effective Date,Employees\nAcme,Fresno,7/2/2026,8/31/2026,85\n';
  const [item] = list(csv);
  expect(list(csv)).toEqual([item]);
  expect(item).toMatchObject({
    publishedAt: '2026-07-02T12:00:00.000Z',
    publicUrl: 'https://state.example/w.csv?y=2026',
  });
  const reading = item && adapter.parseItem(item, reply(item.body ?? ''));
  expect(reading).toMatchObject({
    outcome: 'signal',
    finding: {
      kind: 'budget_cut',
      company: { name: 'Acme', city: 'Fresno', region: 'CA', country: 'US' },
      summary:
        'Acme announced to the state that 85 people in Fresno, CA will be laid off (effective 31 Aug 2026).',
      facts: { people: 85, effectiveOn: '2026-08-31' },
      evidence: { quote: 'Acme, Fresno, 7/2/2026, 8/31/2026, 85' },
    },
  });
});

it('knows headcounts and days, and what is none', () => {
  expect(['1,204', 'approx. 85', '85 (temporary)', '-5', 'Unknown', '0', ''].map(headcountOf)).toEqual([
    1_204,
    85,
    85,
    null,
    null,
    null,
    null,
  ]);
  expect(['2/30/2026', '13/1/2026', '1/1/1900', 'soon', '7/2/26 - 7/9/26'].map(dayOf)).toEqual([
    null,
    null,
    null,
    null,
    '2026-07-02',
  ]);
});

it('takes a page, another table, an empty file and an error for an outage', () => {
  expect(() => list('<!doctype html><html></html>')).toThrow(/malformed/);
  expect(() => list('Date,Title\n1,2')).toThrow(/malformed/);
  expect(() => list('Company,Employees\n"Acme')).toThrow(/malformed/);
  expect(() => list('Company,Employees\n')).toThrow(/empty/);
  for (const [status, fault] of [
    [503, /unavailable/],
    [404, /unavailable/],
    [403, /forbidden/],
    [429, /rate_limited/],
  ] as const)
    expect(() => adapter.parseList(reply('', status), { path: '/' })).toThrow(fault);
});

it.each([
  [
    'NOTICE_DATE,JOB_SITE_NAME,COUNTY_NAME,WDA_NAME,TOTAL_LAYOFF_NUMBER,LayOff_Date,WFDD_RECEIVED_DATE,CITY_NAME',
    '2026-02-03,Acme,Travis,Capital,85,2026-04-05,2026-02-04,Austin',
    'Austin',
  ],
  [
    'Company,City,AffectedWorkers,Original Notice Type,NoticeRcvd,LayoffBeginDate,County',
    'Acme,Madison,85,Layoff,02/03/2026,04/05/2026,Dane',
    'Madison',
  ],
  [
    'Company Name,State Notification Date,Layoff Start Date,Employees Affected,Industry',
    'Acme,2/3/26,4/5/26,85,Retail',
    '',
  ],
  [
    'Closing or Layoff,Initial Report Date,Planned Starting Date,Company,City,Planned # Affected Employees',
    'Layoff,"February 3, 2026","April 5, 2026",Acme,Mobile,85',
    'Mobile',
  ],
  [
    'Company,City,Affected Workers,Notice Date,LO/CL Date,Notice Type',
    'Acme,Gary,85,3-Feb-26,5-Apr-2026,CL',
    'Gary',
  ],
  [
    'Company,Address Line 1,City,Emp #,Notice Date,Layoff Date',
    'Acme,1 Main St,Ames,85,02-03-2026,04-05-2026',
    'Ames',
  ],
  [
    'WARN report,,,\n"As of March 1, 2026",,,\nCompany Name,City,Est. Impact,Separation Date,Date of Notice',
    'Acme,Macon,85,2026/4/5,2026/2/3',
    'Macon',
  ],
])('reads the columns of %s', (head, row, city) => {
  expect(readNotices('warn', `${head}\n${row}\n`)).toMatchObject([
    { company: 'Acme', people: '85', noticedOn: '2026-02-03', effectiveOn: '2026-04-05', city },
  ]);
});
