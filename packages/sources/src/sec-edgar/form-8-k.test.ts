import { SourceError } from '@penstock/signals/source-port';
import { expect, it } from 'vitest';

import { read8KItem } from './form-8-k-finding.ts';
import { readFilingText } from './filing-text.ts';
import { readFormItems } from './form-8-k.ts';
import { readSubmissions } from './submissions.ts';

const numbers = (text: string) => readFormItems(text).map(({ number }) => number);

it.each([
  ['Item 5.02 Departure of Directors', ['5.02']],
  ['ITEM 9.01(d).     Exhibits', ['9.01']],
  ['Item 2.02. Results', ['2.02']],
  ['Item 8.01 – Other Events', ['8.01']],
  ['Item 5.02Departure of Directors', ['5.02']],
  ['I tem 7.01 Regulation FD', ['7.01']],
  ['Item 5. 02 Departure', ['5.02']],
  ['Item 5. Other Events', ['5']],
  ['Item 12. Results of Operations', ['12']],
  ['Item 5.02 of this report is incorporated', []],
  ['Item 13.99 Nothing', []],
  ['See Item 5.02 above', []],
])('%s', (line, expected) => {
  expect(numbers(`Cover\n${line}\nText of the item.`)).toEqual(expected);
});

it('finds an item number after a thin space, in a table cell apart from its heading, and once', () => {
  const html = `<html><body><p>Item&#8201;5.02</p><table><tr><td>Item 5.02.</td><td>Departure of Directors</td></tr></table>
    <p>Jane Roe resigned as Chief Executive Officer on May 2, 2024.</p><p>SIGNATURES</p><p>Item 9.01</p></body></html>`;
  const { text } = readFilingText('edgar', html, ['8-K']);
  expect(numbers(text)[0]).toBe('5.02');
  expect(readFormItems(text)[0]?.text).toContain('Jane Roe');
});

const submission = (form: string, text: string) => `<SEC-DOCUMENT>x.txt
<SEC-HEADER>
CONFORMED PERIOD OF REPORT:	20240502
FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			ACME HOLDINGS INC
		CENTRAL INDEX KEY:			0001234567
	BUSINESS ADDRESS:
		CITY:			AUSTIN
		STATE:			TX
	FORMER COMPANY:
		FORMER CONFORMED NAME:	ACME WIDGETS INC
</SEC-HEADER>
<DOCUMENT>
<TYPE>${form}
<TEXT>
${text}
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<TEXT>
Item 2.05 is not here.
</TEXT>
</DOCUMENT>`;

const item = {
  key: '0001234567-24-000001',
  title: '8-K - ACME HOLDINGS INC',
  publishedAt: '2024-05-03T12:00:00.000Z',
  documentPath: '/Archives/edgar/data/1234567/x.txt',
  publicUrl: '',
};
const read = (text: string, form = '8-K') =>
  read8KItem('edgar', item, submission(form, text), 'https://www.sec.gov');

it('reads the company from the header of a full submission, and the text of typewritten filings across its lines', () => {
  expect(
    read(`Item 5.02. Departure of Directors.

On May 2, 2024, Jane Roe notified the
Company of her decision to resign as Chief Financial
Officer, effective June 1, 2024.
`),
  ).toMatchObject({
    outcome: 'signals',
    findings: [
      {
        kind: 'leadership_change',
        company: {
          name: 'ACME HOLDINGS INC',
          formerNames: ['ACME WIDGETS INC'],
          ids: [{ value: '0001234567' }],
          city: 'AUSTIN',
        },
        facts: { role: 'Chief Financial Officer', effectiveOn: '2024-06-01' },
      },
    ],
  });
});

it('no person’s name is in what is told, only in the quoted filing', () => {
  const reading = read('Item 5.02\n\nOn May 2, 2024, the Board appointed Jane Roe as Chief Revenue Officer.');
  if (reading.outcome !== 'signals') throw new TypeError('no signal');
  const [finding] = reading.findings;
  expect(JSON.stringify([finding.summary, finding.facts])).not.toContain('Roe');
  expect(finding).toMatchObject({
    kind: 'executive_hire',
    evidence: { quote: expect.stringContaining('Jane Roe') },
  });
});

it('lay-offs: the share and the number of people', () => {
  expect(
    read(
      'Item 2.05 Costs Associated with Exit or Disposal Activities.\n\nOn May 1, 2024, the Company committed to a plan that reduces approximately 12% of its workforce, eliminating about 1,450 positions.',
    ),
  ).toMatchObject({ findings: [{ kind: 'budget_cut', facts: { workforcePercent: 12, people: 1_450 } }] });
});

it('acquisitions: completed ones only, by the company or of it', () => {
  const completed =
    'Item 2.01 Completion of Acquisition or Disposition of Assets.\n\nOn May 1, 2024, the Company completed its acquisition of Widget LLC.';
  expect(read(completed)).toMatchObject({
    findings: [{ kind: 'acquisition', facts: { direction: 'acquired' } }],
  });
  expect(read('Item 1.01\n\nOn May 1, 2024, the Company agreed to acquire Widget LLC.')).toMatchObject({
    outcome: 'no_signal',
  });
  expect(
    read(
      'Item 2.01\n\nMerger Sub merged with and into the Company, with the Company surviving as a wholly owned subsidiary of Parent; the merger became effective on May 1, 2024 upon completion.',
    ),
  ).toMatchObject({ findings: [{ facts: { direction: 'was_acquired' } }] });
});

it('a submission without the report, and an empty one, are outages', () => {
  expect(() => read('x', '10-Q')).toThrow(SourceError);
  expect(() => read8KItem('edgar', item, ' ', '')).toThrow(SourceError);
});

it('a history whose columns differ in length is malformed', () => {
  const recent = {
    accessionNumber: ['0000000001-24-000001'],
    filingDate: ['2024-01-01'],
    form: ['8-K'],
    items: [],
    primaryDocument: ['a'],
  };
  expect(() => readSubmissions('edgar', JSON.stringify({ cik: 1, name: 'A', filings: { recent } }))).toThrow(
    /unequal/,
  );
  expect(() => readSubmissions('edgar', '{')).toThrow(/malformed/);
});

it('names who has left by the day of the filing, not who stays in another office or leaves later', () => {
  const leavers = (text: string) => {
    const reading = read(`Item 5.02. Departure of Directors.\n\n${text}`);
    return reading.outcome === 'signals' ? reading.findings.flatMap((finding) => finding.leavers ?? []) : [];
  };
  expect(
    leavers('On May 2, 2024, Jane Roe resigned as Chief Financial Officer, effective immediately.'),
  ).toEqual(['Jane Roe']);
  expect(
    leavers(
      'On May 2, 2024, Jane Roe notified the Company of her decision to resign as Chief Financial Officer, effective June 1, 2024.',
    ),
  ).toEqual([]);
  expect(
    leavers(
      'On May 2, 2024, Jane Roe resigned as Chief Financial Officer. The Board appointed Jane Roe as Chief Executive Officer.',
    ),
  ).toEqual([]);
});
