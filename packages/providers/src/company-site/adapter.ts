import type {
  KnownFacts,
  OpenWeb,
  ProviderAdapter,
  ProviderAnswer,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import { answerAboutCompany, listOf } from '../company-answer.ts';
import { hostOf } from '../company-domain.ts';
import { syncCalls } from '../vendor-calls.ts';
import { COMPANY_SITE_ID, companySiteManifest, SITE } from './manifest.ts';
import { isAllowed } from './robots.ts';
import { servicesIn } from './services.ts';
import { organizationOn } from './structured-data.ts';

/** Name under which a robots.txt can address us. */
const AGENT = 'Penstock';

/** What a company publishes about itself: its page, where its robots.txt allows it, and its DNS records. Free. */
export const companySite: ProviderAdapter = {
  manifest: companySiteManifest,
  ...syncCalls(COMPANY_SITE_ID, () => undefined, {}),
  answerFromOpenWeb(capabilityId, known, web) {
    if (capabilityId !== SITE) throw new ProviderError(COMPANY_SITE_ID, 'rejected');
    return readSite(known, web);
  },
};

async function readSite(known: KnownFacts, web: OpenWeb): Promise<ProviderAnswer> {
  const host = hostOf(known.companyDomain);
  if (host === null) throw new ProviderError(COMPANY_SITE_ID, 'rejected');
  const [MX, TXT, NS, html] = await Promise.all([
    web.resolve(host, 'MX'),
    web.resolve(host, 'TXT'),
    web.resolve(host, 'NS'),
    homePage(host, web),
  ]);
  const organization = html === null ? null : organizationOn(html);
  const facts = {
    company_size: organization?.employees,
    location: organization?.location,
    hierarchy: organization?.parent ? `part of ${organization.parent}` : null,
    tech_stack: listOf(servicesIn({ MX, TXT, NS })),
  };
  return answerAboutCompany(known, { facts }, 0);
}

/** The home page, or null where there is none or the site doesn't want it fetched. */
async function homePage(host: string, web: OpenWeb): Promise<string | null> {
  const robots = await web.page(host, '/robots.txt').catch(orUnreachable);
  // RFC 9309: no robots.txt allows everything; one that can't be read allows nothing.
  if (robots === null || robots.status >= 500) return null;
  if (robots.status < 400 && !isAllowed(robots.body, AGENT, '/')) return null;
  const page = await web.page(host, '/').catch(orUnreachable);
  return page !== null && page.status === 200 ? page.body : null;
}

/** A site that can't be reached says nothing about its DNS; anything else is our own mistake. */
function orUnreachable(error: unknown): null {
  if (error instanceof ProviderError) return null;
  throw error;
}
