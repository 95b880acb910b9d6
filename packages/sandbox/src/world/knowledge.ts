import { randomOf } from './random.ts';
import type { WorldPerson } from './world.ts';

export type FinderVendor = 'people-data-labs' | 'leadmagic';

/** What a vendor has about a person; traps are what it sells as a record though nothing in it can be used. */
export type VendorKnowledge = {
  email: boolean;
  mobile: boolean;
  trap: 'masked' | 'empty_id' | null;
};

const NOTHING: VendorKnowledge = { email: false, mobile: false, trap: null };

/** Shares of the people: a position between 0 and 1 says which vendors know somebody. Each knows 58 %, both 26 %. */
const SHARE: Record<FinderVendor, readonly [number, number]> = {
  'people-data-labs': [0, 0.58],
  leadmagic: [0.32, 0.9],
};

/** Of the people known, these have a phone number at the vendor too. */
const WITH_MOBILE = 0.75;
const TRAPPED = 0.05;

/** Who knows whom, decided by the person alone: the same at every start and for every question. */
export function knowledgeOf(vendor: FinderVendor, person: WorldPerson): VendorKnowledge {
  const position = randomOf(`knowledge/${person.key}`).next();
  const [from, to] = SHARE[vendor];
  if (position < from || position >= to) return NOTHING;
  const random = randomOf(`knowledge/${vendor}/${person.key}`);
  const mobile = random.chance(WITH_MOBILE);
  const trap = random.chance(TRAPPED) ? (random.chance(0.5) ? 'masked' : 'empty_id') : null;
  return { email: true, mobile, trap };
}
