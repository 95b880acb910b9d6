import type { NewsClaim } from '@penstock/signals/source-port';

/** What a headline says of a company, without whom it names. */
export type Claim = Omit<NewsClaim, 'company'>;

const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' };
/** Less is no round. */
const LEAST_AMOUNT = 10_000;

/**
 * Money raised; null for too little. Strength as of a Form D: 0.3 up to 100,000, 1 from 100 million, linear in the logarithm between.
 * @param rest of the headline, which may name the round
 */
export function funding(amount: number, currency: string, rest: string): Claim | null {
  if (!Number.isFinite(amount) || amount < LEAST_AMOUNT) return null;
  const round = /\b(?:pre-)?seed\b|\bs[eé]rie[s]?[- ][a-k]\b|\bserie[- ][a-k]\b/i.exec(rest)?.[0] ?? null;
  const size = `${SYMBOLS[currency] ?? `${currency} `}${amount.toLocaleString('en-US')}`;
  const strength = Math.min(1, Math.max(0.3, 0.3 + (0.7 * Math.log10(amount / 100_000)) / 3));
  return {
    kind: 'funding',
    strength: Math.round(strength * 1_000) / 1_000,
    told: `raises ${size}${round === null ? '' : ` (${round})`}`,
    facts: { [currency === 'USD' ? 'amountUsd' : 'amount']: amount, currency, round },
  };
}

export const acquisition = (direction: 'acquired' | 'was_acquired', told: string): Claim => ({
  kind: 'acquisition',
  strength: 0.6,
  told,
  facts: { direction },
});

export function layOffs(workforcePercent: number | null, people: number | null): Claim {
  return {
    kind: 'budget_cut',
    strength: Math.min(1, 0.5 + (workforcePercent ?? 8) / 50),
    told: `cuts ${workforcePercent === null ? `${people?.toLocaleString('en-US')} jobs` : `${workforcePercent} % of its jobs`}`,
    facts: { workforcePercent, people },
  };
}

export const executive = (kind: 'executive_hire' | 'leadership_change', role: string): Claim => ({
  kind,
  strength: /^(?:Chief|C\w{2,3}\b|President)/.test(role) ? 0.7 : 0.5,
  // Names of people stay in the quoted headline.
  told: kind === 'executive_hire' ? `appoints a new ${role}` : `: its ${role} leaves`,
  facts: { role },
});

/** Null where the place is no country. */
export const expansion = (place: string, country: string | null): Claim | null =>
  country === null
    ? null
    : { kind: 'expansion', strength: 0.5, told: `expands into ${place}`, facts: { country } };
