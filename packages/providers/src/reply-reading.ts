import type { ProviderReply } from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { ProviderFault } from '@penstock/kernel/provider-error';
import { z } from 'zod';

/** No honest answer about one person is larger; what is, is not parsed. Characters. */
const MAX_REPLY_CHARACTERS = 1_000_000;

const FAULT_BY_STATUS: Partial<Record<number, ProviderFault>> = {
  401: 'unauthorized',
  402: 'quota_exhausted',
  403: 'unauthorized',
  // A gateway gave up waiting for the vendor's own server, which may have answered, and charged, all the same.
  408: 'timeout',
  429: 'rate_limited',
  504: 'timeout',
  524: 'timeout',
};

/** The fault that a status stands for with vendors that use HTTP as it was meant; undefined for 2xx. */
export function faultOfStatus(status: number): ProviderFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  return FAULT_BY_STATUS[status] ?? (status >= 500 ? 'unavailable' : 'rejected');
}

/** Seconds of `Retry-After` (the http client has turned dates into seconds) in milliseconds. */
export function retryAfterMsOf(reply: ProviderReply): number | undefined {
  const seconds = Number(reply.headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

/** Throws the fault of a reply; `rate_limited` carries the vendor's delay where it gave one. */
export function failWith(provider: string, fault: ProviderFault, reply: ProviderReply): never {
  const retryAfterMs = fault === 'rate_limited' ? retryAfterMsOf(reply) : undefined;
  throw new ProviderError(provider, fault, { retryAfterMs });
}

/** Parsed JSON, or undefined where it is none (HTML, cut off, absurdly large). */
export function jsonOf(reply: ProviderReply): unknown {
  if (reply.body.length > MAX_REPLY_CHARACTERS) return undefined;
  try {
    return JSON.parse(reply.body);
  } catch {
    return undefined;
  }
}

/** The body as `schema` says; throws `malformed`, without the body, where it is something else. */
export function readAs<Shape extends z.ZodType>(
  provider: string,
  schema: Shape,
  reply: ProviderReply,
): z.infer<Shape> {
  const parsed = schema.safeParse(jsonOf(reply));
  if (!parsed.success) throw new ProviderError(provider, 'malformed');
  return parsed.data;
}

/** A value as vendors send them: text, number, null or left out, or `true` where there is one that the plan keeps back. */
export const Said = z.union([z.string(), z.number(), z.boolean()]).nullish();

/** A list whose members that are not what was promised are dropped, not taken for a broken reply. */
export const lenientList = <Shape extends z.ZodType>(member: Shape) =>
  z
    .array(z.unknown())
    .nullish()
    .transform((values) =>
      (values ?? []).flatMap((value) => {
        const parsed = member.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );
