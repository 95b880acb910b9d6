import { z } from 'zod';

/** A moment: a `Date` inside, ISO 8601 in UTC on the wire. For outputs. */
export const Instant = z
  .date()
  .transform((at) => at.toISOString())
  .pipe(z.iso.datetime());

/** A moment sent by a caller: ISO 8601 with zone in, a `Date` inside. */
export const InstantInput = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .pipe(z.date());

/** Opaque: where the next page begins. */
export const Cursor = z.string().max(500);

/** One page of something; `nextCursor` is null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: Cursor.nullable() });
}

/** Text from outside: trimmed, without control characters, bounded. */
export function plainText(maxLength: number) {
  return (
    z
      .string()
      .trim()
      .max(maxLength)
      // Control characters (but tab and line feed), zero-width and direction marks: they hide or turn around what is read.
      .transform((text) => text.replaceAll(/(?![\t\n])[\p{Cc}\u200B-\u200F\u202A-\u202E]/gu, ''))
      .pipe(z.string())
  );
}

export const Named = z.object({ id: z.string(), name: z.string() });
export const Done = z.object({ id: z.string() });
