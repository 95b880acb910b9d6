import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  VerificationResult,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { ProviderFault } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { answerAboutCompany, listOf } from '../company-answer.ts';
import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { usableEmail, usableText } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import {
  COMPANY_FIND,
  DOMAIN_SEARCH,
  EMAIL_FINDER,
  EMAIL_VERIFIER,
  HUNTER_ID,
  hunterManifest,
} from './manifest.ts';
import {
  AccountReply,
  CompanyFindReply,
  DomainSearchReply,
  EmailFinderReply,
  EmailVerifierReply,
  ErrorReply,
} from './reply.ts';
import {
  accountRequest,
  companyFindRequest,
  domainSearchRequest,
  emailFinderRequest,
  emailVerifierRequest,
} from './request.ts';

/** Somebody who asked not to be processed: nothing may be kept. */
const OPTED_OUT = 451;

export const hunter: ProviderAdapter = {
  manifest: hunterManifest,
  ...syncCalls(HUNTER_ID, refuseFaults, {
    [EMAIL_FINDER]: { build: emailFinderRequest, read: readEmail },
    [EMAIL_VERIFIER]: { build: emailVerifierRequest, read: readVerdict },
    [DOMAIN_SEARCH]: { build: domainSearchRequest, read: readPeople },
    [COMPANY_FIND]: { build: companyFindRequest, read: readCompany },
  }),
  balance: {
    request: accountRequest,
    parse(reply) {
      refuseFaults(reply);
      const { credits, searches } = readAs(HUNTER_ID, AccountReply, reply).data.requests;
      const allowance = credits ?? searches;
      if (allowance === undefined) throw new ProviderError(HUNTER_ID, 'malformed');
      return { credits: allowance.available - allowance.used };
    },
  },
};

/** The vendor's own meanings: 403 asks to slow down, 429 says that the plan is used up. */
const OWN_MEANING: Partial<Record<number, ProviderFault>> = {
  // Still at work on it; the same question is asked again without a second charge.
  202: 'unavailable',
  222: 'unavailable',
  403: 'rate_limited',
  429: 'quota_exhausted',
};

function refuseFaults(reply: ProviderReply): void {
  if (reply.status === OPTED_OUT || isOwnMiss(reply)) return;
  const fault = OWN_MEANING[reply.status] ?? faultOfStatus(reply.status);
  if (fault !== undefined) failWith(HUNTER_ID, fault, reply);
}

/** Its own 404 is a miss; another server's means that the path is wrong. */
const isOwnMiss = (reply: ProviderReply): boolean =>
  reply.status === 404 && ErrorReply.safeParse(jsonOf(reply)).success;

const noRecord = (reply: ProviderReply): ProviderAnswer | null =>
  reply.status === OPTED_OUT
    ? { outcome: 'miss', reason: 'asked not to be processed', vendorCredits: 0 }
    : reply.status === 404
      ? { outcome: 'miss', reason: 'no record', vendorCredits: 0 }
      : null;

function readEmail(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const nothing = noRecord(reply);
  if (nothing !== null) return nothing;
  const { data } = readAs(HUNTER_ID, EmailFinderReply, reply);
  if (usableText(data.email) === null && data.email == null)
    return { outcome: 'miss', reason: 'no record', vendorCredits: 0 };
  const status = usableText(data.verification?.status);
  return answerAboutPerson(
    asked,
    {
      givenName: data.first_name,
      familyName: data.last_name,
      emails: [data.email],
      emailVerdict:
        data.accept_all === true ? 'catch_all' : status === null ? null : (VERDICTS[status] ?? null),
      linkedinUrl: data.linkedin_url,
      facts: { title: data.position },
      confidence: typeof data.score === 'number' ? data.score / 100 : null,
    },
    1,
  );
}

const VERDICTS = wordTable<VerificationResult>({
  valid: 'valid',
  invalid: 'invalid',
  accept_all: 'catch_all',
  // A free-mail address that takes mail; whether it is a work address is not its question.
  webmail: 'valid',
  disposable: 'disposable',
  unknown: 'unknown',
});

function readVerdict(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  if (reply.status === OPTED_OUT)
    return {
      outcome: 'verified',
      result: 'do_not_mail',
      detail: 'asked not to be processed',
      vendorCredits: 0,
    };
  if (reply.status === 404) return failWith(HUNTER_ID, 'rejected', reply);
  const { email, status } = readAs(HUNTER_ID, EmailVerifierReply, reply).data;
  const result = VERDICTS[status];
  if (result === undefined || email.toLowerCase() !== asked.email?.toLowerCase())
    throw new ProviderError(HUNTER_ID, 'malformed');
  return { outcome: 'verified', result, detail: status, vendorCredits: 0.5 };
}

function readPeople(reply: ProviderReply): ProviderAnswer {
  const nothing = noRecord(reply);
  if (nothing !== null) return nothing;
  const { data, meta } = readAs(HUNTER_ID, DomainSearchReply, reply);
  const people = data.emails.flatMap((found) => {
    const givenName = usableText(found.first_name);
    return givenName === null
      ? []
      : [
          {
            vendorRef: null,
            givenName,
            familyName: usableText(found.last_name),
            title: usableText(found.position),
            linkedinUrl: usableText(found.linkedin),
            email: usableEmail(found.value),
          },
        ];
  });
  return {
    outcome: 'people',
    people,
    total: meta?.results ?? null,
    vendorCredits: Math.ceil(data.emails.length / 10),
  };
}

function readCompany(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const nothing = noRecord(reply);
  if (nothing !== null) return nothing;
  const { data } = readAs(HUNTER_ID, CompanyFindReply, reply);
  const facts = {
    company_size: data.metrics?.employees,
    industry: data.category?.industry,
    location: data.location,
    tech_stack: listOf(data.tech),
  };
  return answerAboutCompany(asked, { website: data.domain, facts }, 0.2);
}
