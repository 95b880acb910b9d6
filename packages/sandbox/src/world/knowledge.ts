import { randomOf } from './random.ts';
import type { WorldPerson } from './world.ts';

export type FinderVendor =
  | 'people-data-labs'
  | 'leadmagic'
  | 'hunter'
  | 'apollo'
  | 'prospeo'
  | 'dropcontact'
  | 'findymail'
  | 'rocketreach'
  | 'snov'
  | 'cognism'
  | 'fullenrich';

/** What a vendor has about a person; traps are what it sells as a record though nothing in it can be used. */
export type VendorKnowledge = {
  email: boolean;
  mobile: boolean;
  trap: 'masked' | 'empty_id' | null;
};

const NOTHING: VendorKnowledge = { email: false, mobile: false, trap: null };

/**
 * Two vendors by a position between 0 and 1 that a person has: each knows 58 %, both 26 %. All others by a draw of their
 * own, the share of people they know; Cognism knows more of Europe, Apollo more of the United States.
 */
const BAND: Partial<Record<FinderVendor, readonly [number, number]>> = {
  'people-data-labs': [0, 0.58],
  leadmagic: [0.32, 0.9],
};
type Share = { known: number; us?: number; withMobile: number };
const SHARE: Record<FinderVendor, Share> = {
  'people-data-labs': { known: 0.58, withMobile: 0.75 },
  leadmagic: { known: 0.58, withMobile: 0.75 },
  hunter: { known: 0.5, withMobile: 0 },
  apollo: { known: 0.44, us: 0.6, withMobile: 0.4 },
  prospeo: { known: 0.52, withMobile: 0.45 },
  dropcontact: { known: 0.46, withMobile: 0 },
  findymail: { known: 0.5, withMobile: 0.35 },
  rocketreach: { known: 0.48, withMobile: 0.5 },
  snov: { known: 0.42, withMobile: 0 },
  cognism: { known: 0.58, us: 0.4, withMobile: 0.8 },
  fullenrich: { known: 0.6, withMobile: 0.7 },
};

const TRAPPED = 0.05;

/** Who knows whom, decided by the person alone: the same at every start and for every question. */
export function knowledgeOf(vendor: FinderVendor, person: WorldPerson): VendorKnowledge {
  if (!isKnown(vendor, person)) return NOTHING;
  const random = randomOf(`knowledge/${vendor}/${person.key}`);
  const mobile = random.chance(SHARE[vendor].withMobile);
  const trap = random.chance(TRAPPED) ? (random.chance(0.5) ? 'masked' : 'empty_id') : null;
  return { email: true, mobile, trap };
}

function isKnown(vendor: FinderVendor, person: WorldPerson): boolean {
  const band = BAND[vendor];
  if (band === undefined) {
    const { known, us } = SHARE[vendor];
    return randomOf(`known/${vendor}/${person.key}`).chance(person.country === 'US' ? (us ?? known) : known);
  }
  const position = randomOf(`knowledge/${person.key}`).next();
  return position >= band[0] && position < band[1];
}
