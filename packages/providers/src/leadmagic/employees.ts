import type { KnownFacts, ProviderAnswer, ProviderReply } from '@penstock/enrichment/provider-port';

import { hostOf, isSameDomain } from '../company-domain.ts';
import { readAs } from '../reply-reading.ts';
import { usableText } from '../usable.ts';
import { LEADMAGIC_ID } from './manifest.ts';
import { EmployeesReply } from './reply.ts';

/** `POST /v1/people/employee-finder`: it is asked by the company's name, so whoever works at a namesake is left out by their website. */
export function readEmployees(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { data, total_count: total, credits_consumed: credits } = readAs(LEADMAGIC_ID, EmployeesReply, reply);
  const wanted = hostOf(asked.companyDomain);
  const people = data.flatMap((employee) => {
    const host = hostOf(usableText(employee.website));
    if (wanted !== null && host !== null && !isSameDomain(wanted, host)) return [];
    const givenName = usableText(employee.first_name);
    const familyName = usableText(employee.last_name);
    if (givenName === null && familyName === null) return [];
    return {
      vendorRef: null,
      givenName: givenName ?? '',
      familyName,
      title: usableText(employee.title),
      linkedinUrl: usableText(employee.profile_url),
      email: null,
    };
  });
  return { outcome: 'people', people, total: total ?? null, vendorCredits: credits ?? null };
}
