import { SourceError } from '@penstock/signals/source-port';

import { elementAt, elementsAt, readXml, textAt, textOf } from '../xml.ts';
import { longCik } from './paths.ts';

/** Whole US dollars; `indefinite` is what the form offers for an open-ended sum: neither zero nor unknown. */
export type OfferingAmount = number | 'indefinite';
/** ISO day, or the form's own box for an offering that has sold nothing yet. */
export type FirstSale = { on: string } | 'yet_to_occur';

export type Issuer = {
  cik: string;
  name: string;
  formerNames: string[];
  entityType: string | null;
  jurisdiction: string | null;
  city: string | null;
  stateOrCountry: string | null;
  stateOrCountryDescription: string | null;
  phone: string | null;
};

/** A Form D as filed. Null means that the filing says nothing there. Persons are read only to be counted. */
export type FormD = {
  submissionType: 'D' | 'D/A';
  schemaVersion: string | null;
  isTest: boolean;
  issuer: Issuer;
  coIssuers: Issuer[];
  industryGroup: string | null;
  investmentFundType: string | null;
  isPooledInvestmentFund: boolean;
  revenueRange: string | null;
  exemptions: string[];
  isAmendment: boolean;
  previousAccession: string | null;
  firstSale: FirstSale | null;
  securities: string[];
  isBusinessCombination: boolean;
  totalOfferingAmount: OfferingAmount | null;
  totalAmountSold: OfferingAmount | null;
  totalRemaining: OfferingAmount | null;
  investors: number | null;
  relatedPersonCount: number;
};

/** Reads the XML of a Form D (any schema version). Throws `SourceError` for what is none, or contradicts itself. */
export function readFormD(source: string, xml: string): FormD {
  const root = elementAt(readXml(source, xml), 'edgarSubmission');
  const submissionType = textAt(root, 'submissionType');
  if (submissionType !== 'D' && submissionType !== 'D/A') {
    throw new SourceError(source, 'malformed', 'not a Form D');
  }
  const offering = elementAt(root, 'offeringData');
  const filing = elementAt(offering, 'typeOfFiling');
  const group = elementAt(offering, 'industryGroup');
  const securities = elementAt(offering, 'typesOfSecuritiesOffered');
  const amount = (name: string): OfferingAmount | null =>
    amountOf(source, name, textAt(offering, 'offeringSalesAmounts', name));
  return {
    submissionType,
    schemaVersion: textAt(root, 'schemaVersion'),
    isTest: textAt(root, 'testOrLive')?.toUpperCase() === 'TEST',
    issuer: readIssuer(source, elementAt(root, 'primaryIssuer')),
    coIssuers: elementsAt(elementAt(root, 'issuerList'), 'issuer').map((issuer) =>
      readIssuer(source, issuer),
    ),
    industryGroup: textAt(group, 'industryGroupType'),
    investmentFundType: textAt(group, 'investmentFundInfo', 'investmentFundType'),
    isPooledInvestmentFund:
      elementAt(group, 'investmentFundInfo') !== undefined ||
      isTrue(securities, 'isPooledInvestmentFundType'),
    revenueRange: textAt(offering, 'issuerSize', 'revenueRange'),
    exemptions: textsAt(elementAt(offering, 'federalExemptionsExclusions'), 'item'),
    isAmendment: submissionType === 'D/A' || isTrue(filing, 'newOrAmendment', 'isAmendment'),
    previousAccession: textAt(filing, 'newOrAmendment', 'previousAccessionNumber'),
    firstSale: firstSaleOf(source, elementAt(filing, 'dateOfFirstSale')),
    securities: SECURITIES.filter((name) => isTrue(securities, name)),
    isBusinessCombination: isTrue(
      offering,
      'businessCombinationTransaction',
      'isBusinessCombinationTransaction',
    ),
    totalOfferingAmount: amount('totalOfferingAmount'),
    totalAmountSold: amount('totalAmountSold'),
    totalRemaining: amount('totalRemaining'),
    investors: countOf(textAt(offering, 'investors', 'totalNumberAlreadyInvested')),
    relatedPersonCount: elementsAt(elementAt(root, 'relatedPersonsList'), 'relatedPersonInfo').length,
  };
}

const SECURITIES = [
  'isEquityType',
  'isDebtType',
  'isOptionToAcquireType',
  'isSecurityToBeAcquiredType',
  'isPooledInvestmentFundType',
  'isTenantInCommonType',
  'isMineralPropertyType',
  'isOtherType',
];

function readIssuer(source: string, node: unknown): Issuer {
  const cik = textAt(node, 'cik');
  const name = textAt(node, 'entityName');
  if (cik === null || !/^\d{1,10}$/.test(cik) || name === null) {
    throw new SourceError(source, 'malformed', 'issuer without number or name');
  }
  const former = ['issuerPreviousNameList', 'edgarPreviousNameList'].flatMap((list) =>
    textsAt(elementAt(node, list), 'previousName'),
  );
  return {
    cik: longCik(cik),
    name,
    formerNames: [...new Set(former)].filter((previous) => !/^none$/i.test(previous)),
    entityType: textAt(node, 'entityType'),
    jurisdiction: textAt(node, 'jurisdictionOfInc'),
    city: textAt(node, 'issuerAddress', 'city'),
    stateOrCountry: textAt(node, 'issuerAddress', 'stateOrCountry'),
    stateOrCountryDescription: textAt(node, 'issuerAddress', 'stateOrCountryDescription'),
    phone: textAt(node, 'issuerPhoneNumber'),
  };
}

function textsAt(node: unknown, name: string): string[] {
  return elementsAt(node, name)
    .map(textOf)
    .filter((text) => text !== null);
}

const isTrue = (node: unknown, ...path: string[]): boolean =>
  /^(true|1|y|yes)$/i.test(textAt(node, ...path) ?? '');

function amountOf(source: string, name: string, text: string | null): OfferingAmount | null {
  if (text === null) return null;
  if (/^indefinite$/i.test(text)) return 'indefinite';
  const plain = text.replaceAll(',', '').replace(/^\$/, '');
  if (!/^\d{1,15}(\.\d+)?$/.test(plain)) throw new SourceError(source, 'malformed', `${name} is no amount`);
  return Math.round(Number(plain));
}

const countOf = (text: string | null): number | null =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;

function firstSaleOf(source: string, node: unknown): FirstSale | null {
  const date = textAt(node, 'value');
  if (date === null) return isTrue(node, 'yetToOccur') ? 'yet_to_occur' : null;
  const day = /^(\d{4}-\d{2}-\d{2})/.exec(date)?.[1];
  if (day === undefined || Number.isNaN(Date.parse(day)))
    throw new SourceError(source, 'malformed', 'date of first sale is no date');
  return { on: day };
}
