import { scoreNames, type MatchCandidate } from './match-name.ts';

/** Why two records may be one, and how likely each reason alone makes it. */
const LIKELY = {
  same_address: 0.98,
  same_profile: 0.97,
  same_mobile: 0.9,
  same_name_and_company: 0.7,
  same_domain: 0.95,
  same_name: 0.85,
  name_alike: 0.7,
  same_town: 0.2,
} as const;
/** What speaks against it, as a factor. */
const UNLIKELY = { other_country: 0.6, other_domain: 0.7, other_register_number: 0.3 } as const;

export type DuplicateReason = keyof typeof LIKELY | keyof typeof UNLIKELY;

const isLikely = (reason: string): reason is keyof typeof LIKELY => Object.hasOwn(LIKELY, reason);
const isUnlikely = (reason: string): reason is keyof typeof UNLIKELY => Object.hasOwn(UNLIKELY, reason);

/** How likely two records are one, 0–1: reasons count as independent of each other. */
export function likeliness(reasons: readonly string[]): number {
  const apart = reasons.filter(isLikely).reduce((left, reason) => left * (1 - LIKELY[reason]), 1);
  return reasons.filter(isUnlikely).reduce((left, reason) => left * UNLIKELY[reason], 1 - apart);
}

/** Below this a pair is not worth a person's look. */
export const WORTH_A_LOOK = 0.5;

export type CompanyToCompare = MatchCandidate & { domain: string | null; registerNumbers: readonly string[] };

/** Names that have at least this much to do with each other are worth a look. */
const ALIKE = 0.9;

/** Why two companies that share a domain or the key of a name may be one, and what speaks against it. */
export function companyReasons(a: CompanyToCompare, b: CompanyToCompare): DuplicateReason[] {
  const best = Math.max(
    0,
    ...a.names.flatMap((name) => b.names.map((other) => scoreNames(name, other).score)),
  );
  const sameDomain = a.domain !== null && a.domain === b.domain;
  const reasons: DuplicateReason[] = [];
  if (sameDomain) reasons.push('same_domain');
  if (best >= 0.98) reasons.push('same_name');
  else if (best >= ALIKE) reasons.push('name_alike');
  if (reasons.length === 0) return [];
  if (differ(a.country, b.country)) reasons.push('other_country');
  else if (a.city !== null && !differ(a.city, b.city) && b.city !== null) reasons.push('same_town');
  if (!sameDomain && differ(a.domain, b.domain)) reasons.push('other_domain');
  if (a.registerNumbers.length > 0 && b.registerNumbers.length > 0) reasons.push('other_register_number');
  return reasons;
}

const differ = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.trim().toLowerCase() !== b.trim().toLowerCase();
