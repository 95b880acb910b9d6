import type { Capability, WantedField } from '../provider-port.ts';
import { priceMicros } from './planner.ts';
import { ASSUMED, type CallRates, type History, type Share } from './rates.ts';
import { betaDraw, seededRandom, seedOf } from './seeded-random.ts';
import { drawOf } from './step-order.ts';
import { isUsable, type AcceptancePolicy } from './waterfall.ts';

/** Rates as they may really be: one draw of each from what is known, the same for every waterfall that is compared. */
export type DrawnRates = {
  hit(provider: string, capability: Capability, position: number): number;
  fieldOfHit(provider: string, capability: Capability, field: WantedField): number;
  /** Share of a provider's addresses that a verifier lets count; `form` for those that people gave themselves. */
  goodAddress(provider: string): number;
  /** Share of a provider's numbers of the line type that was wanted. */
  goodNumber(provider: string, field: WantedField): number;
  /** Mean charge of an answer, in micro-dollars. */
  charge(provider: string, capability: Capability, hit: boolean): number;
};

const hashOf = (text: string): number => Math.floor(drawOf(text) * 2 ** 32);
const PHONES: readonly WantedField[] = ['mobile', 'direct_dial'];

/** Answers after which the workspace's own mean charge is believed more than the price list. */
const ENOUGH_CHARGES = 20;

/**
 * @param replicate which draw; two versions compared under the same one meet the same providers
 * @param policy decides which verdicts and line types count
 */
export function drawRates(history: History, policy: AcceptancePolicy, replicate: number): DrawnRates {
  const drawn = new Map<string, number>();
  const rates = new Map(history.rates.map((rate) => [`${rate.provider}/${rate.capability}`, rate]));
  const share = (key: string, seen: Share, prior: number, weight: number): number => {
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const random = seededRandom(seedOf(replicate, hashOf(key)));
    const value = betaDraw(
      seen.hits + prior * weight,
      Math.max(0, seen.of - seen.hits) + (1 - prior) * weight,
      random,
    );
    drawn.set(key, value);
    return value;
  };
  const ratesOf = (provider: string, { id }: Capability) => rates.get(`${provider}/${id}`);
  const qualityOf = (provider: string, field: WantedField) => qualityShare(history, policy, provider, field);
  return {
    hit(provider, capability, position) {
      const key = `${provider}/${capability.id}`;
      const seen = ratesOf(provider, capability);
      const all = together(seen);
      const overall = share(`hit ${key}`, all, ASSUMED.hit, ASSUMED.weight);
      if (!seen) return overall;
      // Later ones see only the hard records: its own rate there, drawn towards the overall one while it has few calls.
      const [place, own] = position === 1 ? ['first', seen.first] : ['later', seen.later];
      return share(`hit ${key} ${place}`, own, overall, ASSUMED.weight * 2);
    },
    fieldOfHit(provider, capability, field) {
      const seen = ratesOf(provider, capability);
      const hits = together(seen).hits;
      const alone = capability.gives.length === 1 ? 0.98 : ASSUMED.fieldOfHit;
      const gave = { hits: seen?.fields[field] ?? 0, of: hits };
      return share(`${field} ${provider}/${capability.id}`, gave, alone, ASSUMED.weight);
    },
    goodAddress(provider) {
      const prior = ASSUMED.valid + (policy.acceptCatchAll ? ASSUMED.catchAll : 0);
      return share(`good ${provider}`, qualityOf(provider, 'work_email'), prior, ASSUMED.weight);
    },
    goodNumber(provider, field) {
      if (field !== 'mobile') return 1;
      return share(`line ${provider}`, qualityOf(provider, 'mobile'), ASSUMED.lineType, ASSUMED.weight);
    },
    charge: (provider, capability, hit) => chargeOf(ratesOf(provider, capability), capability, hit),
  };
}

export const isPhone = (field: WantedField): boolean => PHONES.includes(field);

const together = (seen: CallRates | undefined): Share =>
  seen ? { hits: seen.first.hits + seen.later.hits, of: seen.first.of + seen.later.of } : { hits: 0, of: 0 };

/** Of the values of a field that a provider gave and somebody has judged, those that count. */
export function qualityShare(
  history: History,
  policy: AcceptancePolicy,
  provider: string,
  field: WantedField,
): Share {
  const share = { hits: 0, of: 0 };
  for (const row of history.qualities) {
    if (row.provider !== provider || row.field !== field) continue;
    const judged = isPhone(field) ? row.lineType !== '' : row.verification !== '';
    if (!judged) continue;
    share.of += row.values;
    const candidate = {
      value: 'given',
      // Safe: only values of the provider port's unions are ever written.
      verification: row.verification as Parameters<typeof isUsable>[1]['verification'],
      lineType: row.lineType as Parameters<typeof isUsable>[1]['lineType'],
    };
    if (isUsable(field, candidate, policy)) share.hits += row.values;
  }
  return share;
}

function chargeOf(seen: CallRates | undefined, capability: Capability, hit: boolean): number {
  const { hits, of } = together(seen);
  const cases = hit ? hits : of - hits;
  if (seen && cases >= ENOUGH_CHARGES)
    return (hit ? seen.chargedOnHitMicros : seen.chargedOnMissMicros) / cases;
  return hit || capability.price.charged === 'on_call' ? priceMicros(capability) : 0;
}
