import type { KnownFacts, ProviderAnswer } from '@penstock/enrichment/provider-port';

import { answerAboutPerson } from '../person-answer.ts';
import { usableText } from '../usable.ts';
import type { Profile } from './reply.ts';

/** Grades that are charged; others come along for nothing, and bounce. */
const GOOD_GRADE = /^A-?$/;

/** The answer in a finished profile. */
export function profileAnswer(profile: Profile, asked: KnownFacts, withPhones: boolean): ProviderAnswer {
  const good = profile.emails.filter(
    ({ type, grade, smtp_valid }) =>
      type === 'professional' && smtp_valid !== 'invalid' && GOOD_GRADE.test(usableText(grade) ?? ''),
  );
  const phones = withPhones ? profile.phones.filter(({ validity }) => validity !== 'invalid') : [];
  const byType = (type: string) => phones.find((phone) => phone.type === type)?.number;
  const isPaid = good.length > 0 || phones.length > 0;
  return answerAboutPerson(
    asked,
    {
      fullName: profile.name,
      linkedinUrl: profile.linkedin_url,
      employer: profile.current_employer_domain ?? profile.current_employer_website,
      emails: good.map(({ email }) => email),
      otherEmails: profile.emails.map(({ email }) => email),
      emailVerdict: good[0]?.smtp_valid === 'valid' ? 'valid' : null,
      mobile: byType('mobile'),
      directDial: byType('direct'),
      facts: { title: profile.current_title, location: profile.location },
    },
    isPaid ? 1 : 0,
  );
}
