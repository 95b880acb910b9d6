import type {
  AskedRecord,
  CallbackMessage,
  LaterCalls,
  LaterState,
  ProviderReply,
  RecordAnswer,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { z } from 'zod';

import { answerAboutPerson } from '../person-answer.ts';
import { failWith, jsonOf, readAs } from '../reply-reading.ts';
import { usableText } from '../usable.ts';
import { APOLLO_ID, PEOPLE_WATERFALL } from './manifest.ts';
import { Pending, WaterfallResult, WaterfallStarted } from './reply.ts';
import { waterfallRequest, webhookResultRequest } from './request.ts';

const POLL_AFTER_MS = 30_000;

/**
 * The vendor's own waterfall: who it is comes at once, addresses and numbers later, by people's ids of the vendor. The
 * ticket holds both, `<request id>;<person id>,…` in the order of the records.
 */
export function apolloWaterfall(refuseFaults: (reply: ProviderReply) => void): LaterCalls {
  return {
    submit(capabilityId, asked, callbackUrl) {
      if (capabilityId !== PEOPLE_WATERFALL) throw new ProviderError(APOLLO_ID, 'rejected');
      return waterfallRequest(asked, callbackUrl);
    },
    parseSubmitted(_capabilityId, reply, asked) {
      refuseFaults(reply);
      return readStarted(reply, asked);
    },
    poll: {
      request: (_capabilityId, ticket) => webhookResultRequest(ticket.split(';')[0] ?? ''),
      parse(_capabilityId, reply, asked, ticket) {
        const pending = reply.status === 404 ? Pending.safeParse(jsonOf(reply)) : null;
        if (pending?.success && pending.data.error_code === 'result_pending')
          return { state: 'waiting', ticket, pollAfterMs: waitOf(pending.data), sofar: [] };
        if (pending) return failWith(APOLLO_ID, 'rejected', reply);
        refuseFaults(reply);
        return readResult(readAs(APOLLO_ID, WaterfallResult, reply), asked, ticket);
      },
    },
    callback: {
      authentication: 'secret_url',
      // Nothing is signed: only who knows the address can have sent it.
      verify: () => true,
      ticketOf: (message) => requestIdOf(message.body),
      parse: (_capabilityId, message, asked) => readCallback(message, asked),
    },
  };
}

const waitOf = ({ retry_after_seconds: seconds }: z.infer<typeof Pending>): number =>
  typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : POLL_AFTER_MS;

function readStarted(reply: ProviderReply, asked: readonly AskedRecord[]): LaterState {
  const { matches } = readAs(APOLLO_ID, WaterfallStarted, reply);
  const requestId = requestIdOf(reply.body);
  if (requestId === null || (matches && matches.length !== asked.length))
    throw new ProviderError(APOLLO_ID, 'malformed');
  const ids = asked.map((_record, at) => usableText(matches?.[at]?.id) ?? '');
  if (ids.every((id) => id === '')) return { state: 'done', answers: asked.map(({ ref }) => missOf(ref)) };
  return {
    state: 'waiting',
    ticket: `${requestId};${ids.join(',')}`,
    pollAfterMs: POLL_AFTER_MS,
    sofar: asked.flatMap(({ ref }, at) => (ids[at] === '' ? [missOf(ref)] : [])),
  };
}

const missOf = (ref: string): RecordAnswer => ({
  ref,
  answer: { outcome: 'miss', reason: 'no record', vendorCredits: 0 },
});

function readCallback(message: CallbackMessage, asked: readonly AskedRecord[]): LaterState {
  const parsed = WaterfallResult.safeParse(jsonOf({ status: 200, ...message }));
  if (!parsed.success) throw new ProviderError(APOLLO_ID, 'malformed');
  // A callback does not name the records; one record needs no telling apart, more are fetched by the ticket.
  if (asked.length === 1) {
    const ids = parsed.data.people.map(({ id }) => usableText(id) ?? '');
    return readResult(parsed.data, asked, `;${ids[0] ?? ''}`);
  }
  const ticket = requestIdOf(message.body) ?? '';
  return { state: 'waiting', ticket, pollAfterMs: 0, sofar: [] };
}

function readResult(
  result: z.infer<typeof WaterfallResult>,
  asked: readonly AskedRecord[],
  ticket: string,
): LaterState {
  const ids = (ticket.split(';')[1] ?? '').split(',');
  const creditsEach = (result.credits_consumed ?? 0) / Math.max(1, result.people.length);
  const answers = asked.map(({ ref, known }, at): RecordAnswer => {
    const person = result.people.find(({ id }) => ids[at] !== '' && usableText(id) === ids[at]);
    if (!person) return missOf(ref);
    const phone = person.phone_numbers.find(({ type_cd, type }) => (type_cd ?? type) === 'mobile');
    const record = { emails: person.emails, mobile: phone?.sanitized_number ?? phone?.raw_number };
    return { ref, answer: answerAboutPerson(known, record, creditsEach) };
  });
  return { state: 'done', answers };
}

/** Ids go beyond what a JSON number can hold, and are negative now and then: read from the text. */
function requestIdOf(body: string): string | null {
  return /"request_id"\s*:\s*"?(-?[A-Za-z0-9_-]{1,80})"?/.exec(body)?.[1] ?? null;
}
