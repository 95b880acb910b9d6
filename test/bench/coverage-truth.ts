import { providerAdapters } from '@penstock/providers/registry';
import { knowledgeOf, type FinderVendor } from '@penstock/sandbox/world/knowledge';
import type { World, WorldPerson } from '@penstock/sandbox/world/world';

/** The address at which somebody can be reached, and the mobile; null where there is none. */
export const emailOf = (person: WorldPerson): string | null =>
  person.mailbox === 'open' ? person.email : null;
export const mobileOf = (person: WorldPerson): string | null => person.mobile;

type Offer = { vendor: FinderVendor; capability: string; email: boolean; mobile: boolean };
const OFFERS: readonly Offer[] = [
  { vendor: 'people-data-labs', capability: 'person-enrich', email: true, mobile: true },
  { vendor: 'cognism', capability: 'contact', email: true, mobile: true },
  { vendor: 'prospeo', capability: 'enrich-mobile', email: true, mobile: true },
  { vendor: 'prospeo', capability: 'enrich-person', email: true, mobile: false },
  { vendor: 'leadmagic', capability: 'email-finder', email: true, mobile: false },
  { vendor: 'leadmagic', capability: 'mobile-finder', email: false, mobile: true },
  { vendor: 'hunter', capability: 'email-finder', email: true, mobile: false },
  { vendor: 'apollo', capability: 'people-match', email: true, mobile: false },
  { vendor: 'findymail', capability: 'search-name', email: true, mobile: false },
  { vendor: 'findymail', capability: 'search-phone', email: false, mobile: true },
  { vendor: 'fullenrich', capability: 'contact-phone', email: false, mobile: true },
  { vendor: 'rocketreach', capability: 'person-lookup-phone', email: true, mobile: true },
];

/** Price of a call that finds something, in micro-dollars. */
function priceMicros(vendor: string, capabilityId: string): number {
  const capabilities = providerAdapters.get(vendor)?.manifest.capabilities ?? [];
  const price = capabilities.find(({ id }) => id === capabilityId)?.price;
  if (!price) throw new Error(`${vendor} has no ${capabilityId}`);
  return Math.round(price.credits * price.microsPerCredit);
}

/**
 * What somebody who knows beforehand who knows whom would pay for everything of a person that can be bought, in micro-dollars: the cheapest
 * calls that give it, and the verdict on the address. Null if no usable address can be bought.
 */
export function cheapestMicros(world: World, person: WorldPerson): number | null {
  if (emailOf(person) === null || !world.companyByKey.has(person.companyKey)) return null;
  const offers = OFFERS.flatMap((offer) => {
    const known = knowledgeOf(offer.vendor, person);
    if (!known.email || known.trap !== null) return [];
    const mobile = offer.mobile && known.mobile && mobileOf(person) !== null;
    const micros = priceMicros(offer.vendor, offer.capability);
    return offer.email || mobile ? [{ email: offer.email, mobile, micros }] : [];
  });
  const cheapest = (those: readonly { micros: number }[]): number =>
    Math.min(...those.map(({ micros }) => micros));
  const email = cheapest(offers.filter((offer) => offer.email));
  if (!Number.isFinite(email)) return null;
  const withMobile = offers.filter((offer) => offer.mobile);
  const both = cheapest(withMobile.filter((offer) => offer.email));
  const calls = withMobile.length === 0 ? email : Math.min(both, email + cheapest(withMobile));
  return calls + priceMicros('zerobounce', 'validate');
}
