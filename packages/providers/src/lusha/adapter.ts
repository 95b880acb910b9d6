import type {
  CompanyEvent,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  ProviderRequest,
} from '@penstock/enrichment/provider-port';

import { hostOf, isSameDomain } from '../company-domain.ts';
import { instantOf } from '../month-date.ts';
import { failWith, faultOfStatus, readAs } from '../reply-reading.ts';
import { postRequest, syncCalls } from '../vendor-calls.ts';
import { ASKED, LUSHA_ID, lushaManifest, NEWS, WORKFORCE } from './manifest.ts';
import { claimOf, EVENT_TYPES } from './news.ts';
import { Company, SignalsReply } from './reply.ts';

/** Ours for the one company that is asked about; the answer names it by this. */
const REF = '1';

export const lusha: ProviderAdapter = {
  manifest: lushaManifest,
  ...syncCalls(LUSHA_ID, refuseFaults, {
    [NEWS]: {
      build: (known) => signalsRequest(NEWS, known, { include: { newsEventTypes: EVENT_TYPES } }),
      read: (reply, asked) => told(reply, asked, newsOf),
    },
    [WORKFORCE]: {
      build: (known) => signalsRequest(WORKFORCE, known),
      read: (reply, asked) => told(reply, asked, workforceOf),
    },
  }),
};

function signalsRequest(
  what: keyof typeof ASKED,
  { companyDomain, since }: KnownFacts,
  filters?: unknown,
): ProviderRequest {
  return postRequest('/api/signals/companies/search', {
    companies: [{ id: REF, domain: companyDomain }],
    signals: ASKED[what].signals,
    ...(since && { startDate: since.slice(0, 10) }),
    maxResultsPerSignal: ASKED[what].most,
    ...(filters !== undefined && { filters }),
  });
}

function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(LUSHA_ID, fault, reply);
}

/** The newest alone are told: there are no pages, and what is more is not asked for. */
function told(
  reply: ProviderReply,
  asked: KnownFacts,
  eventsOf: (company: Company) => CompanyEvent[],
): ProviderAnswer {
  const { companies, creditCharged } = readAs(LUSHA_ID, SignalsReply, reply);
  const company = Company.safeParse(companies[REF]);
  const isIt = company.success && isAskedFor(company.data, asked);
  const events = isIt ? eventsOf(company.data) : [];
  return { outcome: 'events', events, more: false, vendorCredits: creditCharged ?? null };
}

/** Another company of the same name is not meant. */
function isAskedFor(company: Company, asked: KnownFacts): boolean {
  const [wanted, host] = [hostOf(asked.companyDomain), hostOf(company.domain)];
  return wanted !== null && host !== null && isSameDomain(wanted, host);
}

const newsOf = (company: Company): CompanyEvent[] =>
  [...company.financialEventsNews, ...company.corporateStrategyNews, ...company.peopleNews].flatMap(
    (news) => {
      const claim = claimOf(news, company.companyName ?? '');
      const at = instantOf(news.eventEffectiveDate) ?? instantOf(news.articlePublishedDate);
      if (claim === null || at === null) return [];
      return [
        {
          what: 'news' as const,
          ref: news.signalId,
          url: news.articleUrl ?? '',
          at,
          quote: news.articleHighlight ?? news.eventSummary ?? news.articleTitle ?? '',
          ...claim,
          confidence: null,
        },
      ];
    },
  );

const count = (value: number): string => Math.round(value).toLocaleString('en-US');

function workforceOf({ surgeInHiring, headcountIncrease3m }: Company): CompanyEvent[] {
  const surges = surgeInHiring.map(({ signalId, signalDate, newJobsPostedLastWeek, historicalAvg }) => {
    const usual = historicalAvg == null ? '' : `, where ${count(historicalAvg)} are usual`;
    return growth(signalId, signalDate, `posted ${count(newJobsPostedLastWeek)} openings in a week${usual}`, {
      openings: newJobsPostedLastWeek,
    });
  });
  const grown = headcountIncrease3m
    .filter(({ baselineEmployeesCount, newEmployeesCount }) => newEmployeesCount > baselineEmployeesCount)
    .map(({ signalId, signalDate, baselineEmployeesCount: from, newEmployeesCount: to }) =>
      growth(signalId, signalDate, `grew from ${count(from)} to ${count(to)} people in three months`, {
        people: to - from,
      }),
    );
  return [...surges, ...grown];
}

const growth = (
  ref: string,
  signalDate: string,
  toldOf: string,
  facts: Record<string, number>,
): CompanyEvent => ({
  what: 'news',
  kind: 'hiring_growth',
  ref,
  url: '',
  at: instantOf(signalDate) ?? '',
  quote: toldOf,
  told: toldOf,
  facts,
  confidence: null,
});
