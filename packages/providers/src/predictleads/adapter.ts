import type {
  CompanyEvent,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';
import { countryCodeOf } from '@penstock/kernel/country-code';
import { ProviderError } from '@penstock/kernel/provider-error';

import { hostOf, isSameDomain } from '../company-domain.ts';
import { instantOf } from '../month-date.ts';
import { failWith, faultOfStatus, readAs } from '../reply-reading.ts';
import { syncCalls } from '../vendor-calls.ts';
import { claimOf } from './categories.ts';
import { NEWS, OPENINGS, PER_PAGE, PREDICTLEADS_ID, predictLeadsManifest, TECHNOLOGIES } from './manifest.ts';
import { DetectionsReply, NewsReply, OpeningsReply, SubscriptionReply, type Included } from './reply.ts';
import { newsRequest, openingsRequest, subscriptionRequest, technologiesRequest } from './request.ts';

export const predictLeads: ProviderAdapter = {
  manifest: predictLeadsManifest,
  ...syncCalls(PREDICTLEADS_ID, refuseFaults, {
    [NEWS]: { build: newsRequest, read: readNews },
    [OPENINGS]: { build: openingsRequest, read: readOpenings },
    [TECHNOLOGIES]: { build: technologiesRequest, read: readTechnologies },
  }),
  balance: {
    request: subscriptionRequest,
    parse(reply) {
      refuseFaults(reply);
      const [first] = [readAs(PREDICTLEADS_ID, SubscriptionReply, reply).data].flat();
      if (!first) throw new ProviderError(PREDICTLEADS_ID, 'malformed');
      const { monthly_credits_quota, monthly_credits_used } = first.attributes;
      return { credits: Math.max(0, monthly_credits_quota - monthly_credits_used) };
    },
  },
};

function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(PREDICTLEADS_ID, fault, reply);
}

const told = (events: CompanyEvent[], returned: number): ProviderAnswer => ({
  outcome: 'events',
  events,
  more: returned >= PER_PAGE,
  vendorCredits: 1,
});

type Row = { relationships?: Record<string, { data?: unknown } | null | undefined> | null | undefined };

/** What a relation of a row points at, among what came along. */
function relatedTo(row: Row, name: string, included: readonly Included[]): Included | undefined {
  const data = row.relationships?.[name]?.data;
  const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
  return included.find((one) => one.id === id);
}

function readNews(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { data, included } = readAs(PREDICTLEADS_ID, NewsReply, reply);
  const wanted = hostOf(asked.companyDomain);
  const events = data.rows.flatMap((row): CompanyEvent[] => {
    const { attributes } = row;
    const isIt = (name: string) => {
      const host = hostOf(relatedTo(row, name, included)?.attributes.domain);
      return wanted !== null && host !== null && isSameDomain(wanted, host);
    };
    const isFirst = isIt('company1');
    // An article of somebody else that only mentions it.
    if (!isFirst && !isIt('company2')) return [];
    const claim = claimOf(attributes, isFirst);
    const at = instantOf(attributes.effective_date) ?? instantOf(attributes.found_at);
    if (claim === null || at === null) return [];
    const article = relatedTo(row, 'most_relevant_source', included)?.attributes;
    return [
      {
        what: 'news',
        ref: row.id,
        url: article?.url ?? '',
        at,
        quote: attributes.article_sentence ?? attributes.summary ?? article?.title ?? '',
        ...claim,
        facts: withCountry(claim.facts),
        confidence: attributes.confidence ?? null,
      },
    ];
  });
  return told(events, data.returned);
}

/** A country by its code, as every source names it. */
function withCountry({ countryName, ...facts }: Record<string, string | number | null>) {
  const country = typeof countryName === 'string' ? countryCodeOf(countryName) : null;
  return country === null ? facts : { ...facts, country };
}

function readOpenings(reply: ProviderReply): ProviderAnswer {
  const { data } = readAs(PREDICTLEADS_ID, OpeningsReply, reply);
  const events = data.rows.map(({ id, attributes }): CompanyEvent => {
    const { title, url, first_seen_at, categories, location, location_data } = attributes;
    const countries = location_data.flatMap(({ country }) => (country ? (countryCodeOf(country) ?? []) : []));
    return {
      what: 'opening',
      ref: id,
      url: url ?? '',
      at: instantOf(first_seen_at) ?? '',
      quote: title,
      title,
      department: categories[0]?.replaceAll('_', ' ') ?? null,
      countries: [...new Set(countries)],
      place: location ?? null,
    };
  });
  return told(events, data.returned);
}

function readTechnologies(reply: ProviderReply): ProviderAnswer {
  const { data, included } = readAs(PREDICTLEADS_ID, DetectionsReply, reply);
  const events = data.rows.flatMap((row): CompanyEvent[] => {
    const name = relatedTo(row, 'technology', included)?.attributes.name;
    if (!name) return [];
    const at = instantOf(row.attributes.first_seen_at) ?? '';
    return [
      { what: 'technology', ref: row.id, url: '', at, quote: `${name}, first seen`, name, change: 'adopted' },
    ];
  });
  return told(events, data.returned);
}
