/**
 * The same value with every text as Postgres can keep it, in `text` and in `jsonb`: without NUL characters and without halves of
 * surrogate pairs. For whatever comes from outside, before its contract is checked.
 */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  // Only plain objects: what was parsed from JSON, a form or a query.
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]),
  );
}

const storableText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
