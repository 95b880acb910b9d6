import { parse } from 'tldts';

/**
 * Registrable domain of a host, URL or e-mail address in lower case (`https://www.acme.co.uk/x` → `acme.co.uk`), or null if
 * there is none: an IP address, a bare suffix, nonsense. Reserved suffixes (`.example`) count like any other, so that the
 * sandbox's companies have domains.
 */
export function registrableDomain(text: string): string | null {
  const host = text.includes('@') ? text.slice(text.lastIndexOf('@') + 1) : text;
  const parsed = parse(host.trim(), { allowPrivateDomains: false });
  if (parsed.isIp === true || parsed.domain === null) return null;
  return parsed.domain.toLowerCase();
}
