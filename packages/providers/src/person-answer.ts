import type {
  KnownFacts,
  LineType,
  ProviderAnswer,
  ReportedValue,
  VerificationResult,
  WantedField,
} from '@penstock/enrichment/provider-port';

import { hostOf, isSameDomain } from './company-domain.ts';
import { isSamePerson } from './same-person.ts';
import { usableEmail, usablePhone, usableText } from './usable.ts';

/** What a vendor says about a person, still in its own words: every value may be null, masked, `true` or somebody else's. */
export type PersonInReply = {
  givenName?: unknown;
  familyName?: unknown;
  /** Instead of the two names. */
  fullName?: unknown;
  linkedinUrl?: unknown;
  /** Site or domain of the present employer. */
  employer?: unknown;
  /** Work addresses, best first; free-mail addresses of the person are left out by the caller. */
  emails?: readonly unknown[];
  /** Further addresses of theirs, by which they can be recognised. */
  otherEmails?: readonly unknown[];
  emailVerdict?: VerificationResult | null;
  mobile?: unknown;
  directDial?: unknown;
  /** What the vendor says of the line; its word stands where the digits can't tell. */
  lineType?: LineType | null;
  facts?: Partial<Record<TextField, unknown>>;
  /** 0–1. */
  confidence?: number | null;
};

type TextField = Exclude<WantedField, 'work_email' | 'mobile' | 'direct_dial' | 'linkedin_url'>;

/**
 * The answer that a person's record amounts to. A hit holds at least one usable value; a record about somebody else, of
 * somebody who works elsewhere, or with nothing to be used in it is a miss, be it paid for or not.
 */
export function answerAboutPerson(
  asked: KnownFacts,
  record: PersonInReply,
  vendorCredits: number | null,
): ProviderAnswer {
  const miss = (reason: string): ProviderAnswer => ({ outcome: 'miss', reason, vendorCredits });
  const emails = (record.emails ?? []).flatMap((email) => usableEmail(email) ?? []);
  const known = [...emails, ...(record.otherEmails ?? []).flatMap((email) => usableEmail(email) ?? [])];
  if (
    !isSamePerson(asked, { ...namesOf(record), emails: known, linkedinUrl: usableText(record.linkedinUrl) })
  )
    return miss('another person');
  if (worksElsewhere(asked, record, emails)) return miss('works elsewhere');
  const reported = reportedValues(asked, record, emails);
  return reported.length > 0
    ? { outcome: 'hit', reported, vendorCredits }
    : miss(whyNothing(asked, record, emails));
}

/** Reported values of plain text; those that say nothing are left out. */
export function textValues(
  facts: Partial<Record<WantedField, unknown>>,
  confidence: number | null = null,
): ReportedValue[] {
  // Safe: the keys are those of the parameter's type.
  return (Object.entries(facts) as [WantedField, unknown][]).flatMap(([field, value]) => {
    const text = usableText(typeof value === 'number' ? String(value) : value);
    return text === null ? [] : [{ field, value: text, confidence, lineType: null, verification: null }];
  });
}

function namesOf(record: PersonInReply): { givenName: string | null; familyName: string | null } {
  const whole = usableText(record.fullName)?.split(/\s+/);
  if (whole !== undefined)
    return { givenName: whole[0] ?? null, familyName: whole.slice(1).join(' ') || null };
  return { givenName: usableText(record.givenName), familyName: usableText(record.familyName) };
}

/** Both the employer and every address point away from the company that was asked about: an old or a new job. */
function worksElsewhere(asked: KnownFacts, record: PersonInReply, emails: readonly string[]): boolean {
  const wanted = hostOf(asked.companyDomain);
  if (wanted === null || emails.some((email) => isSameDomain(wanted, domainOf(email)))) return false;
  const employer = hostOf(usableText(record.employer));
  if (employer !== null) return !isSameDomain(wanted, employer);
  return emails.length > 0;
}

/** The first address that belongs to the company asked about or to the present employer. */
function workEmailOf(asked: KnownFacts, record: PersonInReply, emails: readonly string[]): string | null {
  const allowed = [hostOf(asked.companyDomain), hostOf(usableText(record.employer))].filter(
    (host) => host !== null,
  );
  if (allowed.length === 0) return emails[0] ?? null;
  return emails.find((email) => allowed.some((host) => isSameDomain(host, domainOf(email)))) ?? null;
}

function reportedValues(
  asked: KnownFacts,
  record: PersonInReply,
  emails: readonly string[],
): ReportedValue[] {
  const confidence = record.confidence ?? null;
  const reported: ReportedValue[] = [];
  const email = workEmailOf(asked, record, emails);
  if (email !== null) {
    const verification = record.emailVerdict ?? null;
    reported.push({ field: 'work_email', value: email, confidence, lineType: null, verification });
  }
  const mobile = lineOf(record.mobile, record.lineType);
  // A landline where a mobile was sold is not what was asked for.
  if (mobile?.lineType === 'mobile') reported.push(phoneValue('mobile', mobile, confidence));
  const direct = lineOf(record.directDial, null);
  if (direct !== null) reported.push(phoneValue('direct_dial', direct, confidence));
  return [...reported, ...textValues({ linkedin_url: record.linkedinUrl, ...record.facts }, confidence)];
}

const phoneValue = (
  field: 'mobile' | 'direct_dial',
  phone: { e164: string; lineType: LineType },
  confidence: number | null,
): ReportedValue => ({
  field,
  value: phone.e164,
  confidence,
  lineType: phone.lineType,
  verification: null,
});

/** What the digits say counts, unless they say nothing and the vendor knows the line. */
function lineOf(value: unknown, vendorSays: LineType | null | undefined) {
  const phone = usablePhone(value);
  if (phone === null || !vendorSays || vendorSays === 'unknown') return phone;
  return phone.lineType === 'mobile' ? { ...phone, lineType: vendorSays } : phone;
}

function whyNothing(asked: KnownFacts, record: PersonInReply, emails: readonly string[]): string {
  const line = lineOf(record.mobile, record.lineType);
  if (line !== null && line.lineType !== 'mobile') return `a ${line.lineType}`;
  if (emails.length > 0 && workEmailOf(asked, record, emails) === null) return 'works elsewhere';
  const withheld = [...(record.emails ?? []), record.mobile, record.directDial].some(
    (value) =>
      value === true || (typeof value === 'string' && value.trim() !== '' && usableText(value) === null),
  );
  return withheld ? 'masked' : 'empty record';
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);
