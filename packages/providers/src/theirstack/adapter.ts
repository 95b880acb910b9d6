import type {
  CompanyEvent,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';

import { hostOf, isSameDomain } from '../company-domain.ts';
import { instantOf } from '../month-date.ts';
import { failWith, faultOfStatus, readAs } from '../reply-reading.ts';
import { usableText } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import { JOBS, JOBS_PER_PAGE, TECHNOLOGIES, THEIRSTACK_ID, theirStackManifest } from './manifest.ts';
import { BalanceReply, JobsReply, Returned, TechnologiesReply, type Job, type Technology } from './reply.ts';
import { creditsRequest, jobsRequest, technologiesRequest } from './request.ts';

export const theirStack: ProviderAdapter = {
  manifest: theirStackManifest,
  ...syncCalls(THEIRSTACK_ID, refuseFaults, {
    [JOBS]: { build: jobsRequest, read: readJobs },
    [TECHNOLOGIES]: { build: technologiesRequest, read: readTechnologies },
  }),
  balance: {
    request: creditsRequest,
    parse(reply) {
      refuseFaults(reply);
      const { api_credits, used_api_credits } = readAs(THEIRSTACK_ID, BalanceReply, reply);
      return { credits: Math.max(0, api_credits - used_api_credits) };
    },
  },
};

function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(THEIRSTACK_ID, fault, reply);
}

function readJobs(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { data } = readAs(THEIRSTACK_ID, JobsReply, reply);
  const returned = readAs(THEIRSTACK_ID, Returned, reply).data.length;
  const events = data.filter((job) => isOf(job, asked)).map((job) => openingOf(job));
  return { outcome: 'events', events, more: returned >= JOBS_PER_PAGE, vendorCredits: returned };
}

/** A subsidiary's openings come along where both have one profile. */
function isOf({ company_domain, company_object }: Job, asked: KnownFacts): boolean {
  const [wanted, told] = [
    hostOf(asked.companyDomain),
    hostOf(usableText(company_object?.domain) ?? usableText(company_domain)),
  ];
  return wanted === null || told === null || isSameDomain(wanted, told);
}

function openingOf(job: Job): CompanyEvent {
  const countries = job.country_codes.length > 0 ? job.country_codes : [usableText(job.country_code) ?? ''];
  return {
    what: 'opening',
    ref: String(job.id),
    url: [job.final_url, job.source_url, job.url].map(usableText).find((url) => url !== null) ?? '',
    // A date alone is no moment: what was found later today was not posted before it.
    at: instantOf(usableText(job.discovered_at)) ?? instantOf(usableText(job.date_posted)) ?? '',
    quote: job.job_title,
    title: job.job_title,
    department: null,
    countries: countries.filter((code) => /^[A-Z]{2}$/.test(code)),
    place: usableText(job.location),
  };
}

function readTechnologies(reply: ProviderReply): ProviderAnswer {
  const { data } = readAs(THEIRSTACK_ID, TechnologiesReply, reply);
  const events = data.map((one) => technologyOf(one));
  return { outcome: 'events', events, more: false, vendorCredits: data.length === 0 ? 0 : 3 };
}

const technologyOf = ({ technology, first_date_found, jobs }: Technology): CompanyEvent => ({
  what: 'technology',
  ref: usableText(technology.slug) ?? technology.name.toLowerCase(),
  url: '',
  at: instantOf(usableText(first_date_found)) ?? '',
  quote: `${technology.name}: named in ${jobs ?? 1} ${jobs === 1 ? 'opening' : 'openings'}`,
  name: technology.name,
  change: 'adopted',
});
