import { z } from 'zod';

import { DomainError } from './domain-error.ts';

/** Where a page of a list begins, as the opaque text that callers send back. They may send anything. */

const AS_OF_WITHIN_MS = 7 * 86_400_000;

/** Position in a list that is ordered by time and id, newest first. */
export const TimePosition = z.object({ at: z.iso.datetime(), id: z.guid() });

/** Before everything in a list that is ordered newest first. */
export const NEWEST: z.output<typeof TimePosition> = {
  at: '9999-01-01T00:00:00.000Z',
  id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
};

/** A position as text; what it holds may change from one version to the next. */
export function encodeCursor(position: Readonly<Record<string, string | number>>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * The position that `encodeCursor` made a text of.
 * @throws DomainError `invalid` for anything else
 */
export function decodeCursor<Position extends z.ZodType>(shape: Position, text: string): z.output<Position> {
  try {
    return shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw refusal(cause);
  }
}

/**
 * The moment that all pages of a list are computed at.
 * @throws DomainError `invalid` if it lies more than a week away: scores of another age are not what the list was ordered by
 */
export function asOfOfCursor(asOf: string, now: Date): Date {
  const at = new Date(asOf);
  if (Math.abs(now.getTime() - at.getTime()) > AS_OF_WITHIN_MS) throw refusal();
  return at;
}

const refusal = (cause?: unknown) =>
  new DomainError('invalid', 'The cursor is not one that this list gave. Start again without it.', { cause });
