/** About whom a workspace lets a provider be asked. */
export type ProviderTerms = { barredCountries: readonly string[]; asksUnknownCountry: boolean };

/** Why a provider may not be asked about somebody of this country, or null if it may. Countries have two letters, in capitals. */
export function barredBecause(terms: ProviderTerms, country: string | null): string | null {
  const { barredCountries, asksUnknownCountry } = terms;
  if (barredCountries.length === 0) return null;
  const here = country?.trim().toUpperCase() ?? '';
  if (here === '')
    return asksUnknownCountry ? null : 'may be asked only where the country is known; it is not known';
  return barredCountries.includes(here) ? `this workspace does not ask it about people in ${here}` : null;
}

/** Days for which a provider's values are kept: the shorter of what the vendor and the workspace say; null for no term. */
export function keepDays(ofVendor: number | null, ofWorkspace: number | null): number | null {
  const known = [ofVendor, ofWorkspace].filter((days) => days !== null);
  return known.length === 0 ? null : Math.min(...known);
}
