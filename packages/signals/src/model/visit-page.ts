const LONGEST_PATH = 300;

/** What is kept of an address of the workspace's own site: where, without what was asked or who asked it. */
export function pageOf(address: string): { origin: string; path: string } | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin, pathname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const path = pathname.replaceAll(/\/{2,}/g, '/').slice(0, LONGEST_PATH);
  return { origin, path: path.length > 1 ? path.replace(/\/$/, '') : path };
}

/** Host that a visitor came from; nothing of the page there. */
export const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).hostname.slice(0, 253) : '';

/** Whether a path is one of those that RevOps named; `*` stands for anything. */
export function isOneOf(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.toLowerCase().split('*');
    const text = path.toLowerCase();
    const [first = '', ...rest] = parts;
    if (rest.length === 0) return text === first;
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const [index, part] of rest.entries()) {
      if (index === rest.length - 1) return text.length - part.length >= at && text.endsWith(part);
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return true;
  });
}
