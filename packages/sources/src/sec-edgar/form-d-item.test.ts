import { SourceError } from '@penstock/signals/source-port';
import type { ItemReading, ListedItem } from '@penstock/signals/source-port';
import { describe, expect, it } from 'vitest';

import { formDXml } from './form-d-fixture.ts';
import type { FormDFixture } from './form-d-fixture.ts';
import { strengthOf } from './form-d-finding.ts';
import { readFormDItem } from './form-d-item.ts';

const item: ListedItem = {
  key: '0001999001-26-000001',
  title: 'D - Brightwater Analytics, Inc.',
  publishedAt: '2026-02-10T15:00:00.000Z',
  documentPath: '/Archives/edgar/data/1999001/000199900126000001/primary_doc.xml',
  publicUrl:
    'https://www.sec.gov/Archives/edgar/data/1999001/000199900126000001/0001999001-26-000001-index.htm',
};

const read = (text: string): ItemReading => readFormDItem('edgar', item, text, 'https://www.sec.gov');
const reading = (fixture: FormDFixture): ItemReading => read(formDXml(fixture));
const findingOf = (result: ItemReading) => ('finding' in result ? result.finding : null);

function faultOf(text: string): string {
  try {
    read(text);
    return 'none';
  } catch (error) {
    return error instanceof SourceError ? error.fault : String(error);
  }
}

describe('a filing', () => {
  it('becomes a funding signal with literal evidence and nobody’s name', () => {
    const text = formDXml({ formerNames: ['Brightwater Labs LLC', 'None'] });
    const result = read(text);
    const finding = findingOf(result);
    expect(result.outcome).toBe('signal');
    expect(finding).toMatchObject({
      kind: 'funding',
      eventKey: 'form-d/0001999001/2026-02-03',
      occurredAt: item.publishedAt,
      company: {
        name: 'Brightwater Analytics, Inc.',
        formerNames: ['Brightwater Labs LLC'],
        city: 'BOSTON',
        region: 'MA',
        country: 'US',
      },
      facts: {
        amountSoldUsd: 7_500_000,
        offeringAmountUsd: 9_000_000,
        offeringIsIndefinite: false,
        firstSaleOn: '2026-02-03',
      },
    });
    const { quote, quoteStart } = finding?.evidence ?? { quote: '', quoteStart: 0 };
    expect(quote).toBe('<totalAmountSold>7500000</totalAmountSold>');
    expect(text.slice(quoteStart, quoteStart + quote.length)).toBe(quote);
    expect(JSON.stringify(result)).not.toMatch(/Quill|Ines/);
  });

  it('reads the same with CRLF, a byte-order mark, a namespace, an older schema, inside a full submission', () => {
    const plain = formDXml();
    const prefixed = plain
      .replaceAll(/<(\/?)([a-zA-Z])/g, '<$1d:$2')
      .replace('<d:edgarSubmission>', '<d:edgarSubmission xmlns:d="urn:d">');
    const submission = `<SEC-DOCUMENT>a.txt\n<DOCUMENT>\n<TYPE>EX-1\n<TEXT>\n<!DOCTYPE html><p>é</p>\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>D\n<TEXT>\n<XML>\n${plain}</XML>\n</TEXT>\n</DOCUMENT>\n`;
    for (const text of [
      plain.replaceAll('\n', '\r\n'),
      `\uFEFF${plain}`,
      prefixed,
      plain.replace('X0708', 'X0607'),
      submission,
    ]) {
      const finding = findingOf(read(text));
      expect(finding).toMatchObject({
        eventKey: 'form-d/0001999001/2026-02-03',
        facts: { amountSoldUsd: 7_500_000 },
      });
      const { quote, quoteStart } = finding?.evidence ?? { quote: '', quoteStart: 0 };
      expect(quote).toContain('7500000');
      expect(text.slice(quoteStart, quoteStart + quote.length)).toBe(quote);
    }
  });

  it('decodes the characters that XML escapes', () => {
    expect(findingOf(reading({ name: 'H &amp; L Soci&#233;t&#xE9;' }))?.company.name).toBe('H & L Société');
  });

  it('quotes no comment', () => {
    const text = formDXml().replace(
      '<offeringData>',
      '<!-- <totalAmountSold>1</totalAmountSold> --><offeringData>',
    );
    expect(findingOf(read(text))?.evidence.quote).toContain('7500000');
  });
});

describe('amounts and dates', () => {
  it('keeps an indefinite amount apart from zero and unknown', () => {
    expect(findingOf(reading({ offered: 'Indefinite' }))?.facts).toMatchObject({
      offeringAmountUsd: null,
      offeringIsIndefinite: true,
    });
    expect(findingOf(reading({ offered: '0' }))?.facts).toMatchObject({
      offeringAmountUsd: 0,
      offeringIsIndefinite: false,
    });
    expect(findingOf(reading({ offered: null }))?.facts).toMatchObject({
      offeringAmountUsd: null,
      offeringIsIndefinite: false,
    });
  });

  it('keeps a first sale yet to occur apart from a missing one', () => {
    const opened = findingOf(reading({ firstSale: '<yetToOccur>true</yetToOccur>', sold: '0' }));
    expect(opened).toMatchObject({
      eventKey: 'form-d/0001999001/yet_to_occur',
      strength: 0.3,
      facts: { firstSaleYetToOccur: true, firstSaleOn: null },
    });
    expect(opened?.summary).toContain('yet to occur');
    expect(findingOf(reading({ firstSale: null }))).toMatchObject({
      eventKey: 'form-d/0001999001/undated',
      facts: { firstSaleYetToOccur: false },
    });
  });

  it('still reads a filing without amounts, and quotes its issuer', () => {
    const finding = findingOf(reading({ sold: null, offered: null }));
    expect(finding).toMatchObject({ strength: 0.3, facts: { amountSoldUsd: null } });
    expect(finding?.evidence.quote).toContain('Brightwater');
  });

  it('grows with the amount and stays within its bounds', () => {
    const strengths = [0, 50_000, 100_000, 1_000_000, 48_828_287, 100_000_000, 5_000_000_000].map(strengthOf);
    expect(strengths).toEqual(strengths.toSorted((a, b) => a - b));
    expect([strengths[0], strengths[4], strengths.at(-1)]).toEqual([0.3, 0.927, 1]);
    expect(strengthOf('indefinite')).toBe(0.3);
  });
});

describe('what is no news of a company', () => {
  it.each<[string, FormDFixture]>([
    ['a pooled fund by group', { industryGroup: 'Pooled Investment Fund' }],
    ['a fund by its fund section', { fundType: 'Venture Capital Fund' }],
    ['a fund by its securities', { securities: ['isEquityType', 'isPooledInvestmentFundType'] }],
    ['a fund by its exclusion', { exemptions: ['06b', '3C', '3C.1'] }],
    ['a business combination', { businessCombination: true }],
    ['a test filing', { testOrLive: 'TEST' }],
  ])('is %s', (_name, fixture) => {
    expect(reading(fixture)).toMatchObject({ outcome: 'no_signal', reason: expect.stringMatching(/\w/) });
  });

  it('does not take rule 506 for an exclusion of funds', () => {
    expect(reading({ exemptions: ['06b', '06c', '04'] }).outcome).toBe('signal');
  });
});

describe('an amendment', () => {
  it('corrects its original under the same key, dated by the first sale', () => {
    const amended = reading({ submissionType: 'D/A', amendmentOf: '0001999001-26-000001', sold: '9000000' });
    expect(amended).toMatchObject({
      outcome: 'correction',
      finding: {
        eventKey: findingOf(reading({}))?.eventKey,
        occurredAt: '2026-02-03T12:00:00.000Z',
        facts: { previousAccession: '0001999001-26-000001', amountSoldUsd: 9_000_000 },
      },
    });
  });
});

it('counts co-issuers and names the first', () => {
  expect(findingOf(reading({ coIssuer: 'Brightwater Two, LLC' }))).toMatchObject({
    company: { name: 'Brightwater Analytics, Inc.' },
    facts: { coIssuers: 1 },
  });
});

describe('what can’t be read', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><edgarSubmission>&b;</edgarSubmission>`;
  it.each([
    ['entity expansion', bomb, 'malformed'],
    ['a bare document type', `<!doctype html>${formDXml()}`, 'malformed'],
    ['HTML', '<html><body>Undeclared</body></html>', 'malformed'],
    ['half a document', formDXml().slice(0, 900), 'malformed'],
    ['nothing', '   ', 'malformed'],
    ['no XML', 'Form D', 'malformed'],
    ['another form', formDXml({ submissionType: 'C' }), 'malformed'],
    ['an issuer without a number', formDXml({ cik: null }), 'malformed'],
    ['an amount that is none', formDXml({ sold: 'lots' }), 'malformed'],
    ['a negative amount', formDXml({ sold: '-5' }), 'malformed'],
    ['a date that is none', formDXml({ firstSale: '<value>2026-13-45</value>' }), 'malformed'],
    ['an absurd size', formDXml({ name: 'x'.repeat(5_000_000) }), 'too_large'],
  ])('%s is a fault', (_name, text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('a filing on paper says so', () => {
    expect(
      read('<SEC-DOCUMENT>x.txt\n<DOCUMENT>\n<TYPE>D\n<TEXT>\nscanned\n</TEXT>\n</DOCUMENT>'),
    ).toMatchObject({ outcome: 'no_signal' });
  });
});
