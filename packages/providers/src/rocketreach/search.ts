import type { KnownFacts, ProviderAnswer, ProviderReply } from '@penstock/enrichment/provider-port';

import { hostOf, isSameDomain } from '../company-domain.ts';
import { readAs } from '../reply-reading.ts';
import { usableText } from '../usable.ts';
import { ROCKETREACH_ID } from './manifest.ts';
import { SearchReply } from './reply.ts';

/** `POST /person/search`: it is asked by the employer's name, so whoever is known to work at a namesake is left out. */
export function readSearch(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  if (reply.status === 404) return { outcome: 'people', people: [], total: 0, vendorCredits: 0 };
  const { profiles, pagination } = readAs(ROCKETREACH_ID, SearchReply, reply);
  const wanted = hostOf(asked.companyDomain);
  const people = profiles.flatMap(({ id, name, current_title, current_employer_domain, linkedin_url }) => {
    const host = hostOf(usableText(current_employer_domain));
    if (wanted !== null && host !== null && !isSameDomain(wanted, host)) return [];
    const [givenName = '', ...family] = name.trim().split(/\s+/);
    return {
      vendorRef: String(id),
      givenName,
      familyName: family.join(' ') || null,
      title: usableText(current_title),
      linkedinUrl: usableText(linkedin_url),
      email: null,
    };
  });
  return { outcome: 'people', people, total: pagination.total ?? null, vendorCredits: 0 };
}
