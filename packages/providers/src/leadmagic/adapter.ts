import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  ReportedValue,
  VerificationResult,
  WantedField,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { answerAboutCompany, placeOf, revenueRangeOf } from '../company-answer.ts';
import { hostOf, isSameDomain } from '../company-domain.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { isSamePerson } from '../same-person.ts';
import { usableEmail, usablePhone, usableText } from '../usable.ts';
import {
  COMPANY_SEARCH,
  EMAIL_FINDER,
  EMAIL_VALIDATION,
  EMPLOYEE_FINDER,
  JOB_CHANGE_DETECTOR,
  LEADMAGIC_ID,
  leadMagicManifest,
  MOBILE_FINDER,
} from './manifest.ts';
import {
  CompanyReply,
  CreditsReply,
  EmailFinderReply,
  EmailValidationReply,
  ErrorReply,
  MobileFinderReply,
} from './reply.ts';
import { readEmployees } from './employees.ts';
import { isUnknownProfile, readJobChange } from './job-change.ts';
import { creditsRequest, leadMagicRequest } from './request.ts';

const READERS: Partial<Record<string, (reply: ProviderReply, asked: KnownFacts) => ProviderAnswer>> = {
  [EMAIL_FINDER]: readEmail,
  [MOBILE_FINDER]: readMobile,
  [EMAIL_VALIDATION]: readValidation,
  [COMPANY_SEARCH]: readCompany,
  [JOB_CHANGE_DETECTOR]: readJobChange,
  [EMPLOYEE_FINDER]: readEmployees,
};

export const leadMagic: ProviderAdapter = {
  manifest: leadMagicManifest,
  buildRequest: leadMagicRequest,

  parseReply(capabilityId, reply, asked) {
    const read = Object.hasOwn(READERS, capabilityId) ? READERS[capabilityId] : undefined;
    if (read === undefined) throw new ProviderError(LEADMAGIC_ID, 'rejected');
    if (!(capabilityId === JOB_CHANGE_DETECTOR && isUnknownProfile(reply))) refuseFaults(reply);
    return read(reply, asked);
  },

  balance: {
    request: creditsRequest,
    parse(reply) {
      refuseFaults(reply);
      const { credits, is_frozen, credits_liquid } = readAs(LEADMAGIC_ID, CreditsReply, reply);
      return { credits: is_frozen === true ? (credits_liquid ?? 0) : credits };
    },
  },
};

function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault === undefined) return;
  const error = ErrorReply.safeParse(jsonOf(reply));
  const code = error.success
    ? `${error.data.code ?? ''} ${error.data.type ?? ''} ${error.data.error ?? ''}`
    : '';
  // Running dry has been answered with 400 and 403 too; the machine-readable code tells.
  failWith(
    LEADMAGIC_ID,
    /insufficient[_ -]?credits?|out[_ -]of[_ -]credits?/i.test(code) ? 'quota_exhausted' : fault,
    reply,
  );
}

function readEmail(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const found = readAs(LEADMAGIC_ID, EmailFinderReply, reply);
  const vendorCredits = found.credits_consumed ?? null;
  const miss = (reason: string): ProviderAnswer => ({ outcome: 'miss', reason, vendorCredits });
  const status = found.status.toLowerCase();
  if (status === 'not_found') return miss('no record');
  const email = usableEmail(found.email);
  if (email === null)
    return miss(
      found.email === true || usableText(found.email) === null ? 'masked or empty' : 'not an address',
    );
  if (!isSamePerson(asked, { givenName: found.first_name ?? null, familyName: found.last_name ?? null }))
    return miss('another person');
  const wanted = hostOf(asked.companyDomain);
  if (wanted !== null && !isSameDomain(wanted, email.slice(email.lastIndexOf('@') + 1)))
    return miss('works elsewhere');
  const catchAll = status.includes('catch_all') || found.is_domain_catch_all === true;
  const value = (
    field: WantedField,
    text: string,
    verification: VerificationResult | null,
  ): ReportedValue => ({
    field,
    value: text,
    confidence: null,
    lineType: null,
    verification,
  });
  const reported = [
    value('work_email', email, catchAll ? 'catch_all' : status === 'valid' ? 'valid' : 'unknown'),
  ];
  const size = usableText(found.company_size);
  const industry = usableText(found.company_industry);
  if (size !== null) reported.push(value('company_size', size, null));
  if (industry !== null) reported.push(value('industry', industry, null));
  return { outcome: 'hit', reported, vendorCredits };
}

function readMobile(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const found = readAs(LEADMAGIC_ID, MobileFinderReply, reply);
  const vendorCredits = found.credits_consumed ?? null;
  const miss = (reason: string): ProviderAnswer => ({ outcome: 'miss', reason, vendorCredits });
  if (found.mobile_number == null || found.mobile_number === '') return miss('no record');
  const phone = usablePhone(found.mobile_number);
  if (phone === null) return miss('masked or incomplete');
  if (phone.lineType !== 'mobile') return miss(`a ${phone.lineType}`);
  const emails = found.work_email ? [found.work_email] : [];
  const contradicts =
    asked.email !== undefined && emails.length > 0 && emails[0]?.toLowerCase() !== asked.email.toLowerCase();
  if (contradicts) return miss('another person');
  const mobile = {
    field: 'mobile',
    value: phone.e164,
    confidence: null,
    lineType: 'mobile',
    verification: null,
  } as const;
  return { outcome: 'hit', reported: [mobile], vendorCredits };
}

const VERDICTS = wordTable<VerificationResult>({
  valid: 'valid',
  // The vendor saw engagement, but the server accepts everybody: the workspace's catch-all policy decides.
  valid_catch_all: 'catch_all',
  catch_all: 'catch_all',
  invalid: 'invalid',
  unknown: 'unknown',
});

function readValidation(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { email, email_status, credits_consumed } = readAs(LEADMAGIC_ID, EmailValidationReply, reply);
  const result = VERDICTS[email_status.toLowerCase()];
  // A verdict about another address, or one we don't know, must not pass for an answer.
  if (result === undefined || email.toLowerCase() !== asked.email?.toLowerCase())
    throw new ProviderError(LEADMAGIC_ID, 'malformed');
  return { outcome: 'verified', result, detail: email_status, vendorCredits: credits_consumed ?? null };
}

function readCompany(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const company = readAs(LEADMAGIC_ID, CompanyReply, reply);
  const vendorCredits = company.credits_consumed ?? null;
  // Every answer of this endpoint says what it cost; one that does not is none.
  if (vendorCredits === null && company.company_name == null && company.message == null)
    throw new ProviderError(LEADMAGIC_ID, 'malformed');
  if (usableText(company.company_name) === null)
    return { outcome: 'miss', reason: 'no record', vendorCredits };
  const facts = {
    company_size: company.employee_range ?? company.employee_count,
    industry: company.industry,
    revenue_range: revenueRangeOf(company.revenue) ?? company.revenue,
    location: placeOf(company.headquarter?.city, company.headquarter?.region, company.headquarter?.country),
  };
  return answerAboutCompany(
    asked,
    { website: company.company_domain ?? company.website_url, facts },
    vendorCredits,
  );
}
