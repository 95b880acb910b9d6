import type { ItemReading, ListedItem } from '@penstock/signals/source-port';
import { readFormD } from '@penstock/sources/sec-edgar/form-d';
import type { FormD, OfferingAmount } from '@penstock/sources/sec-edgar/form-d';
import { readFormDItem } from '@penstock/sources/sec-edgar/form-d-item';
import { locateFormDXml } from '@penstock/sources/sec-edgar/submission-text';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { referenceJson, referenceText } from './reference.ts';

const Expected = z.record(
  z.string(),
  z.object({
    submissionType: z.string(),
    schemaVersion: z.string(),
    cik: z.string(),
    issuer: z.string(),
    entityType: z.string(),
    city: z.string(),
    state: z.string(),
    phone: z.string(),
    jurisdiction: z.string(),
    industryGroup: z.string(),
    investmentFundType: z.string().nullable(),
    revenueRange: z.string().nullable(),
    exemptions: z.array(z.string()),
    isAmendment: z.enum(['true', 'false']),
    dateOfFirstSale: z.string().nullable(),
    yetToOccur: z.string().nullable(),
    totalOfferingAmount: z.string().nullable(),
    totalAmountSold: z.string().nullable(),
    totalRemaining: z.string().nullable(),
    investors: z.string().nullable(),
    relatedPersons: z.array(z.string()),
  }),
);

const FOLDER = 'sec-edgar/form-d';
const item: ListedItem = {
  key: '0000000000-26-000001',
  title: 'D',
  publishedAt: '2026-02-10T15:00:00.000Z',
  documentPath: '/Archives/edgar/data/1/000000000026000001/primary_doc.xml',
  publicUrl: 'https://www.sec.gov/',
};

const reading = (text: string): ItemReading => readFormDItem('edgar', item, text, 'https://www.sec.gov');
const formOf = (text: string): FormD => readFormD('edgar', locateFormDXml(text)?.xml ?? '');

/** Our values in the words of the expected answers. */
function inTheirWords(form: FormD) {
  const amount = (value: OfferingAmount | null): string | null =>
    value === null ? null : value === 'indefinite' ? 'Indefinite' : String(value);
  const sale = form.firstSale;
  return {
    submissionType: form.submissionType,
    schemaVersion: form.schemaVersion,
    cik: form.issuer.cik,
    issuer: form.issuer.name,
    entityType: form.issuer.entityType,
    city: form.issuer.city,
    state: form.issuer.stateOrCountry,
    phone: form.issuer.phone,
    jurisdiction: form.issuer.jurisdiction,
    industryGroup: form.industryGroup,
    investmentFundType: form.investmentFundType,
    revenueRange: form.revenueRange,
    exemptions: form.exemptions,
    isAmendment: String(form.isAmendment),
    dateOfFirstSale: sale === null || sale === 'yet_to_occur' ? null : sale.on,
    yetToOccur: sale === 'yet_to_occur' ? 'true' : null,
    totalOfferingAmount: amount(form.totalOfferingAmount),
    totalAmountSold: amount(form.totalAmountSold),
    totalRemaining: amount(form.totalRemaining),
    investors: form.investors === null ? null : String(form.investors),
    relatedPersons: form.relatedPersonCount,
  };
}

it('every value of every filing is read as expected', (context) => {
  const expected = Expected.parse(referenceJson(context, 'sec-edgar/expected_form_d.json'));
  expect(Object.keys(expected).length).toBeGreaterThanOrEqual(4);
  for (const [file, answer] of Object.entries(expected)) {
    const form = formOf(referenceText(context, `${FOLDER}/${file}`));
    expect({ file, ...inTheirWords(form) }).toEqual({
      file,
      ...answer,
      relatedPersons: answer.relatedPersons.length,
    });
  }
});

it('Notion Labs sold 48,828,287 of 50,000,000 dollars, with the line that says so', (context) => {
  const text = referenceText(context, `${FOLDER}/NotionLabs.D.xml`);
  const result = reading(text);
  expect(result).toMatchObject({
    outcome: 'signal',
    finding: {
      eventKey: 'form-d/0001781814/2020-03-30',
      company: {
        name: 'Notion Labs, Inc.',
        formerNames: ['Canopy Technologies Inc.'],
        ids: [{ system: 'sec', kind: 'cik', value: '0001781814' }],
      },
      facts: { amountSoldUsd: 48_828_287, offeringAmountUsd: 50_000_000 },
      evidence: {
        quote: '<totalAmountSold>48828287</totalAmountSold>',
        quoteStart: text.indexOf('<totalAmountSold>'),
      },
    },
  });
});

it('a hedge fund and a fund-like REIT say nothing about a company that raised money', (context) => {
  for (const file of ['Hashnote.full-submission.txt', '1685-38th-Street-REIT.D.xml']) {
    expect(reading(referenceText(context, `${FOLDER}/${file}`))).toMatchObject({
      outcome: 'no_signal',
      reason: expect.stringContaining('fund'),
    });
  }
});

it('an amendment corrects, and “Indefinite” is neither zero nor missing', (context) => {
  expect(reading(referenceText(context, `${FOLDER}/Shepards.D.xml`))).toMatchObject({
    outcome: 'correction',
    finding: { facts: { amountSoldUsd: 5_725_051, previousAccession: '0001544190-19-000002' } },
  });
  expect(formOf(referenceText(context, `${FOLDER}/Hashnote.full-submission.txt`)).totalOfferingAmount).toBe(
    'indefinite',
  );
});

it('no person named in a filing appears in what is told about it', (context) => {
  const expected = Expected.parse(referenceJson(context, 'sec-edgar/expected_form_d.json'));
  for (const [file, { relatedPersons }] of Object.entries(expected)) {
    const told = JSON.stringify(reading(referenceText(context, `${FOLDER}/${file}`)));
    for (const person of relatedPersons) expect(told).not.toContain(person.replace(/ \[.*$/, ''));
  }
});
