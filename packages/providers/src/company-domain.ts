/** Host of a website as vendors write it: without scheme, `www.` and path, in lower case; null where there is none. */
export function hostOf(website: string | null | undefined): string | null {
  const host =
    (website ?? '')
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .split(/[/?#:]/)[0] ?? '';
  return host.includes('.') ? host : null;
}

/** True if one is the other or lies below it (`mail.acme.example` belongs to `acme.example`). */
export function isSameDomain(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
