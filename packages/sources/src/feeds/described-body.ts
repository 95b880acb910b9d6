import type { DescribedSettings } from '@penstock/signals/source-port';

/** Where a page of a list stands. */
export type PagePlace = { page: number; cursor: string | null };

const MARK = /\{\{\s*(\w+)\s*\}\}/g;

/** The body of a request for a page; undefined where nothing is sent. What has no value yet is left out. */
export function bodyFor(
  { method, body = '', pages }: Pick<DescribedSettings, 'method' | 'body' | 'pages'>,
  place: PagePlace,
): unknown {
  if (method !== 'POST' || body.trim() === '') return undefined;
  const values: Record<string, string | number | null> = {
    page: pages?.by === 'number' ? pages.first + place.page : place.page,
    offset: pages?.by === 'offset' ? pages.size * place.page : 0,
    cursor: place.cursor,
  };
  return filled(JSON.parse(body), values);
}

function filled(value: unknown, values: Readonly<Record<string, string | number | null>>): unknown {
  if (typeof value === 'string') {
    const whole = /^\{\{\s*(\w+)\s*\}\}$/.exec(value)?.[1];
    if (whole !== undefined) return values[whole] ?? undefined;
    return value.replaceAll(MARK, (_, name: string) => String(values[name] ?? ''));
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, values) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const made = filled(one, values);
      return made === undefined ? [] : [[name, made]];
    }),
  );
}
