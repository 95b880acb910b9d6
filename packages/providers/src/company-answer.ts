import type { KnownFacts, ProviderAnswer, WantedField } from '@penstock/enrichment/provider-port';

import { hostOf, isSameDomain } from './company-domain.ts';
import { textValues } from './person-answer.ts';

export type CompanyInReply = {
  /** Site or domain that the vendor has for the company. */
  website?: unknown;
  facts: Partial<Record<WantedField, unknown>>;
  confidence?: number | null;
};

/** The answer that a company's record amounts to; one of another company is a miss. */
export function answerAboutCompany(
  asked: KnownFacts,
  record: CompanyInReply,
  vendorCredits: number | null,
): ProviderAnswer {
  const wanted = hostOf(asked.companyDomain);
  const has = typeof record.website === 'string' ? hostOf(record.website) : null;
  if (wanted !== null && has !== null && !isSameDomain(wanted, has))
    return { outcome: 'miss', reason: 'another company', vendorCredits };
  const reported = textValues(record.facts, record.confidence ?? null);
  return reported.length > 0
    ? { outcome: 'hit', reported, vendorCredits }
    : { outcome: 'miss', reason: 'empty record', vendorCredits };
}

/** `Boston, MA, US` of the parts that are there. */
export function placeOf(...parts: unknown[]): string | null {
  const said = parts.filter((part) => typeof part === 'string' && part.trim() !== '');
  return said.length === 0 ? null : said.join(', ');
}

/** `1-10`-like classes of a revenue in whole dollars, as most vendors cut them. */
export function revenueRangeOf(usd: unknown): string | null {
  if (typeof usd !== 'number' || !Number.isFinite(usd) || usd < 0) return null;
  const bounds = [1, 5, 10, 25, 50, 100, 250, 500, 1_000];
  const millions = usd / 1_000_000;
  const at = bounds.findIndex((bound) => millions < bound);
  if (at === -1) return '$1B+';
  return at === 0 ? 'under $1M' : `$${bounds[at - 1] ?? 0}M-$${bounds[at] ?? ''}M`;
}

/** A list of names as one text; null for none. */
export function listOf(values: unknown, most = 50): string | null {
  const said = Array.isArray(values)
    ? values.filter((value): value is string => typeof value === 'string' && value.trim() !== '')
    : [];
  return said.length === 0 ? null : said.slice(0, most).join(', ');
}
