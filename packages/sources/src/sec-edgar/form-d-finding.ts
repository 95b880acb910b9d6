import type { Finding, ItemReading, ListedItem, NamedCompany } from '@penstock/signals/source-port';

import type { FirstSale, FormD, OfferingAmount } from './form-d.ts';

/**
 * Why a filing says nothing about a company that raised money; null if it does.
 * Funds: a pooled investment fund by its industry group, its fund section, its kind of security or an exclusion that
 * only investment companies claim (Investment Company Act, section 3(c)). Business combinations: shares were exchanged,
 * no money came in.
 */
export function reasonForSilence(form: FormD): string | null {
  if (form.isTest) return 'a test filing';
  if (form.industryGroup === 'Pooled Investment Fund' || form.isPooledInvestmentFund)
    return 'a pooled investment fund raises to invest, not to grow';
  if (form.exemptions.some((item) => /^3C(\.|$)/i.test(item)))
    return 'an investment company (section 3(c)) is a fund';
  if (form.isBusinessCombination) return 'a business combination: shares were exchanged, no money was raised';
  return null;
}

/**
 * 0.3 for up to $100,000 sold (nothing sold yet included), 1 from $100 million, linear in the logarithm between:
 * each tenfold amount adds 0.233. Monotone, so that a larger round never counts for less.
 */
export function strengthOf(sold: OfferingAmount | null): number {
  const dollars = typeof sold === 'number' ? sold : 0;
  const decades = Math.log10(Math.max(dollars, 1) / 100_000);
  return Math.round(Math.min(1, Math.max(0.3, 0.3 + (0.7 * decades) / 3)) * 1_000) / 1_000;
}

export type Evidence = Finding['evidence'];

/**
 * What a filing says. The event is the offering: issuer and first sale identify it, so an amendment updates the
 * original instead of adding to it (an offering whose first sale was yet to occur has its own key until it has one;
 * `previousAccession` names the filing that an amendment replaces). A new filing is news of the moment when it was
 * published; an amendment is not, and is dated by its first sale.
 */
export function readingOf(form: FormD, item: ListedItem, evidence: Evidence): ItemReading {
  const reason = reasonForSilence(form);
  if (reason !== null) return { outcome: 'no_signal', reason };
  const isCorrection = form.submissionType === 'D/A' || form.isAmendment;
  const finding: Finding = {
    kind: 'funding',
    eventKey: `form-d/${form.issuer.cik}/${keyOf(form.firstSale)}`,
    company: companyOf(form),
    occurredAt:
      isCorrection && isDated(form.firstSale) ? `${form.firstSale.on}T12:00:00.000Z` : item.publishedAt,
    strength: strengthOf(form.totalAmountSold),
    summary: summaryOf(form),
    facts: factsOf(form, item),
    evidence,
  };
  return { outcome: isCorrection ? 'correction' : 'signal', finding };
}

const isDated = (sale: FirstSale | null): sale is { on: string } => sale !== null && sale !== 'yet_to_occur';

const keyOf = (sale: FirstSale | null): string => (isDated(sale) ? sale.on : (sale ?? 'undated'));

function companyOf({ issuer }: FormD): NamedCompany {
  const inUnitedStates = US_STATES.has(issuer.stateOrCountry ?? '');
  return {
    name: issuer.name,
    formerNames: issuer.formerNames,
    ids: [{ system: 'sec', kind: 'cik', value: issuer.cik }],
    domain: null,
    city: issuer.city,
    // Abroad, EDGAR's own codes (`X0` is the United Kingdom) say nothing to a reader.
    region: inUnitedStates ? issuer.stateOrCountry : issuer.stateOrCountryDescription,
    country: inUnitedStates ? 'US' : null,
  };
}

const US_STATES: ReadonlySet<string> = new Set(
  (
    'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA ' +
    'RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP'
  ).split(' '),
);

const dollars = (amount: number): string => `$${amount.toLocaleString('en-US')}`;

function summaryOf(form: FormD): string {
  const name = form.issuer.name;
  const offered = form.totalOfferingAmount;
  const goal =
    offered === null
      ? ''
      : offered === 'indefinite'
        ? ' of an open-ended offering'
        : ` of ${dollars(offered)} offered`;
  if (form.firstSale === 'yet_to_occur')
    return `${name} opened a private offering${typeof offered === 'number' ? ` of ${dollars(offered)}` : ''}; the first sale is yet to occur.`;
  const sold = form.totalAmountSold;
  const since = isDated(form.firstSale) ? ` (first sale ${form.firstSale.on})` : '';
  return `${name} sold ${typeof sold === 'number' ? dollars(sold) : 'an unstated amount'}${goal}${since}.`;
}

const figure = (amount: OfferingAmount | null): number | null => (typeof amount === 'number' ? amount : null);

function factsOf(form: FormD, item: ListedItem): Finding['facts'] {
  return {
    form: form.submissionType,
    accession: item.key,
    previousAccession: form.previousAccession,
    amountSoldUsd: figure(form.totalAmountSold),
    offeringAmountUsd: figure(form.totalOfferingAmount),
    offeringIsIndefinite: form.totalOfferingAmount === 'indefinite',
    remainingUsd: figure(form.totalRemaining),
    firstSaleOn: isDated(form.firstSale) ? form.firstSale.on : null,
    firstSaleYetToOccur: form.firstSale === 'yet_to_occur',
    industryGroup: form.industryGroup,
    revenueRange: form.revenueRange,
    investors: form.investors,
    coIssuers: form.coIssuers.length,
  };
}
