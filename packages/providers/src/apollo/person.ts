import type { KnownFacts, ProviderAnswer, VerificationResult } from '@penstock/enrichment/provider-port';
import { wordTable } from '@penstock/kernel/word-table';

import { placeOf } from '../company-answer.ts';
import { answerAboutPerson } from '../person-answer.ts';
import { usableText } from '../usable.ts';
import type { Person } from './reply.ts';

const VERDICTS = wordTable<VerificationResult>({
  verified: 'valid',
  unavailable: 'unknown',
  bounced: 'invalid',
});

/** Placeholder of an address that the plan does not show. */
const LOCKED = /^email_not_unlocked@/i;

/** The answer in a person of the vendor; one who is known by nothing but an id is a miss, and free. */
export function personAnswer(person: Person | null | undefined, asked: KnownFacts): ProviderAnswer {
  if (!person || isUnknown(person)) return { outcome: 'miss', reason: 'no record', vendorCredits: 0 };
  const { organization } = person;
  const email = typeof person.email === 'string' && LOCKED.test(person.email) ? true : person.email;
  const status = usableText(person.email_status);
  const verdict = status === null ? null : (VERDICTS[status] ?? null);
  return answerAboutPerson(
    asked,
    {
      givenName: person.first_name,
      familyName: person.last_name,
      linkedinUrl: person.linkedin_url,
      employer: organization?.primary_domain ?? organization?.website_url,
      emails: [email],
      emailVerdict: person.email_domain_catchall === true ? 'catch_all' : verdict,
      facts: {
        title: person.title,
        seniority: person.seniority,
        company_size: organization?.estimated_num_employees,
        industry: organization?.industry,
        location: placeOf(person.city, person.state, person.country),
      },
    },
    1,
  );
}

const isUnknown = (person: Person): boolean =>
  [person.title, person.email, person.linkedin_url, person.organization].every((value) => value == null);
