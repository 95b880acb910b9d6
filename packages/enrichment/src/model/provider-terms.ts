/** About whom a workspace lets a provider be asked. */
export type ProviderTerms = {
  barredCountries: readonly string[];
  asksUnknownCountry: boolean;
  /** On what asking it rests: its own basis, else that of the workspace; empty for none. */
  lawfulBasis: string;
  /** Countries in which it is not asked without one. */
  basisNeededIn: readonly string[];
};

export const LAWFUL_BASES = ['legitimate_interest', 'consent', 'contract'] as const;
export type LawfulBasis = (typeof LAWFUL_BASES)[number];

/** Why a provider may not be asked about somebody of this country, or null if it may. Countries have two letters, in capitals. */
export function barredBecause(terms: ProviderTerms, country: string | null): string | null {
  const { barredCountries, asksUnknownCountry, lawfulBasis, basisNeededIn } = terms;
  const wantsBasis = lawfulBasis === '' && basisNeededIn.length > 0;
  if (barredCountries.length === 0 && !wantsBasis) return null;
  const here = country?.trim().toUpperCase() ?? '';
  if (here === '')
    return asksUnknownCountry ? null : 'may be asked only where the country is known; it is not known';
  if (barredCountries.includes(here)) return `this workspace does not ask it about people in ${here}`;
  return wantsBasis && basisNeededIn.includes(here)
    ? `no lawful basis is recorded for asking it about people in ${here}`
    : null;
}

/** Days for which a provider's values are kept: the shorter of what the vendor and the workspace say; null for no term. */
export function keepDays(ofVendor: number | null, ofWorkspace: number | null): number | null {
  const known = [ofVendor, ofWorkspace].filter((days) => days !== null);
  return known.length === 0 ? null : Math.min(...known);
}
