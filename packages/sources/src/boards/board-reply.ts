import { SourceError } from '@penstock/signals/source-port';
import type { SourceReply } from '@penstock/signals/source-port';
import { z } from 'zod';

import { plainLine } from '../html-text.ts';

/** A board of 3,000 openings with their descriptions is about 30 MB. Characters. */
const MAX_BOARD_CHARACTERS = 60_000_000;

/**
 * The reply of a board as the vendor's contract has it. Throws the fault that the status or the body stands for; a board that
 * is gone (404) is `unavailable`, because a company that moves to another board still hires.
 */
export function readBoardReply<Schema extends z.ZodType>(
  source: string,
  reply: SourceReply,
  schema: Schema,
): z.output<Schema> {
  if (reply.status === 429) throw new SourceError(source, 'rate_limited', 'HTTP 429');
  if (reply.status === 401 || reply.status === 403)
    throw new SourceError(source, 'forbidden', `HTTP ${reply.status}`);
  if (reply.status !== 200) throw new SourceError(source, 'unavailable', `HTTP ${reply.status}`);
  if (reply.body.length > MAX_BOARD_CHARACTERS)
    throw new SourceError(source, 'too_large', `${reply.body.length} characters`);
  let json: unknown;
  try {
    json = JSON.parse(reply.body.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new SourceError(source, 'malformed', 'not JSON', { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SourceError(source, 'malformed', `${issue?.path.join('.') || 'reply'}: ${issue?.message ?? ''}`, {
    cause: parsed.error,
  });
}

/** Text that may be missing, null or empty; blanks around it are cut. */
export const OptionalText = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || null);

/** An id, number or text, as text. */
export const Key = z.union([z.string().min(1), z.number()]).transform((value) => String(value));

/** A title as a line of text, whatever markup a customer typed into it. */
export const Title = z
  .string()
  .transform((text) => plainLine(text).slice(0, 300))
  .pipe(z.string().min(1));

/** A moment in any form that boards use (`2026-08-05 10:10:39 UTC`, a day, milliseconds) as ISO; null for what is none. */
export function instantOf(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text =
    typeof value === 'string'
      ? value
          .trim()
          .replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(UTC|Z)$/, '$1T$2Z')
          .replace(/^(\d{4}-\d{2}-\d{2})$/, '$1T12:00:00Z')
      : value;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1990 || at.getUTCFullYear() > 2100
    ? null
    : at.toISOString();
}

/** Links are shown to people: only web addresses pass. */
export function webAddress(text: string | null | undefined, otherwise: string): string {
  return text && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : otherwise;
}

/** The board that the links of a reply lead to, for vendors that do not name the company; null where no link says. */
export function boardInLinks(pageOf: string, links: readonly (string | null)[]): string | null {
  const link = links.find((one) => one?.startsWith(`${pageOf}/`));
  const name = link?.slice(pageOf.length + 1).split(/[/?#]/)[0] ?? '';
  if (name === '') return null;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
