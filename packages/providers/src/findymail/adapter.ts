import type {
  KnownFacts,
  LineType,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { answerAboutCompany, placeOf } from '../company-answer.ts';
import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { usableText } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import {
  FINDYMAIL_ID,
  findymailManifest,
  SEARCH_COMPANY,
  SEARCH_EMPLOYEES,
  SEARCH_LINKEDIN,
  SEARCH_NAME,
  SEARCH_PHONE,
  VERIFY,
} from './manifest.ts';
import {
  CompanyReply,
  ContactReply,
  CreditsReply,
  EmployeesReply,
  ErrorReply,
  PhoneReply,
  VerifyReply,
} from './reply.ts';
import {
  companyRequest,
  creditsRequest,
  employeesRequest,
  linkedinRequest,
  nameRequest,
  phoneRequest,
  verifyRequest,
} from './request.ts';

export const findymail: ProviderAdapter = {
  manifest: findymailManifest,
  ...syncCalls(FINDYMAIL_ID, refuseFaults, {
    [SEARCH_NAME]: { build: nameRequest, read: orNoRecord(readContact) },
    [SEARCH_LINKEDIN]: { build: linkedinRequest, read: orNoRecord(readContact) },
    [SEARCH_PHONE]: { build: phoneRequest, read: orNoRecord(readPhone) },
    [VERIFY]: { build: verifyRequest, read: readVerdict },
    [SEARCH_COMPANY]: { build: companyRequest, read: orNoRecord(readCompany) },
    [SEARCH_EMPLOYEES]: { build: employeesRequest, read: readEmployees },
  }),
  balance: {
    request: creditsRequest,
    parse(reply) {
      refuseFaults(reply);
      return { credits: readAs(FINDYMAIL_ID, CreditsReply, reply).credits };
    },
  },
};

/** Its own 404 has JSON in it; another server's means that the path is wrong. */
const isMiss = (reply: ProviderReply): boolean =>
  reply.status === 404 && ErrorReply.safeParse(jsonOf(reply)).success;

function refuseFaults(reply: ProviderReply): void {
  const fault = isMiss(reply) ? undefined : faultOfStatus(reply.status);
  if (fault === undefined) return;
  // 423 is a paused subscription.
  failWith(FINDYMAIL_ID, reply.status === 423 ? 'quota_exhausted' : fault, reply);
}

type Read = (reply: ProviderReply, asked: KnownFacts) => ProviderAnswer;

const NO_RECORD: ProviderAnswer = { outcome: 'miss', reason: 'no record', vendorCredits: 0 };

function orNoRecord(read: Read): Read {
  return (reply, asked) => (reply.status === 404 ? NO_RECORD : read(reply, asked));
}

function readContact(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { contact } = readAs(FINDYMAIL_ID, ContactReply, reply);
  if (!contact || contact.email == null || contact.email === '') return NO_RECORD;
  const { name, email, linkedin_url: linkedinUrl, job_title: title } = contact;
  // Only verified addresses are returned; catch-all ones are too, so this says less than our own verification.
  return answerAboutPerson(
    asked,
    { fullName: name, emails: [email], emailVerdict: 'valid', linkedinUrl, facts: { title } },
    1,
  );
}

const LINES = wordTable<LineType>({
  mobile: 'mobile',
  landline: 'landline',
  fixed_line: 'landline',
  voip: 'voip',
});

function readPhone(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { phone, line_type: line } = readAs(FINDYMAIL_ID, PhoneReply, reply);
  if (phone == null || phone === '') return NO_RECORD;
  const lineType = LINES[usableText(line)?.toLowerCase() ?? ''] ?? null;
  return answerAboutPerson(asked, { mobile: phone, lineType }, 10);
}

function readVerdict(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  if (reply.status === 404) return failWith(FINDYMAIL_ID, 'rejected', reply);
  const { email, verified } = readAs(FINDYMAIL_ID, VerifyReply, reply);
  if (email.toLowerCase() !== asked.email?.toLowerCase()) throw new ProviderError(FINDYMAIL_ID, 'malformed');
  const detail = verified ? 'verified' : 'not verified';
  return { outcome: 'verified', result: verified ? 'valid' : 'invalid', detail, vendorCredits: 1 };
}

function readCompany(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const company = readAs(FINDYMAIL_ID, CompanyReply, reply);
  const facts = {
    company_size: company.company_size,
    industry: company.industry,
    location: placeOf(company.city, company.region, company.country),
  };
  return answerAboutCompany(asked, { website: company.domain, facts }, 1);
}

function readEmployees(reply: ProviderReply): ProviderAnswer {
  if (reply.status === 404) return { outcome: 'people', people: [], total: 0, vendorCredits: 0 };
  const people = readAs(FINDYMAIL_ID, EmployeesReply, reply).data.map(({ name, jobTitle, linkedinUrl }) => {
    const [givenName = '', ...family] = name.trim().split(/\s+/);
    return {
      vendorRef: null,
      givenName,
      familyName: family.join(' ') || null,
      title: usableText(jobTitle),
      linkedinUrl: usableText(linkedinUrl),
      email: null,
    };
  });
  return { outcome: 'people', people, total: null, vendorCredits: people.length };
}
