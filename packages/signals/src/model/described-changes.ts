import type { DescribedSettings } from '../source-port.ts';

type Described = { name: string; settings: DescribedSettings };

/**
 * Whether a source shows the same items under the same names after a change. Where it does not, what is there at the next look counts
 * as having been there.
 */
export function keepsItsItems(before: DescribedSettings, after: DescribedSettings): boolean {
  const own = ({ url, items, method = 'GET', body = '', at }: DescribedSettings) => [
    url,
    items,
    method,
    body,
    // Without an id of its own an item is known by all that it says.
    at.key ?? [at.company, at.domain, at.title, at.date, at.link],
  ];
  return JSON.stringify(own(before)) === JSON.stringify(own(after));
}

/** What a version changes against the one before it, a line each: `at.title: /title → /headline`. */
export function describedChanges(before: Described, after: Described): string[] {
  const [was, now] = [linesOf(before), linesOf(after)];
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((field) => {
    const [from, to] = [was.get(field) ?? '', now.get(field) ?? ''];
    if (from === to) return [];
    if (from === '') return [`${field}: + ${to}`];
    return [to === '' ? `${field}: − ${from}` : `${field}: ${from} → ${to}`];
  });
}

const LONGEST = 120;

function linesOf({ name, settings }: Described): Map<string, string> {
  const lines = new Map([['name', name]]);
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, path === '' ? key : `${path}.${key}`);
    else if (value !== undefined && value !== null && value !== '')
      lines.set(path, String(value).slice(0, LONGEST));
  };
  walk(settings, '');
  return lines;
}
