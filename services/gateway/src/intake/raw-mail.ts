import { readMail, type ReadMail } from '@penstock/channels/rfc822/read-mail';
import { takeMail } from '@penstock/engagement/operations/take-mail';
import { DomainError } from '@penstock/kernel/domain-error';
import { scoringPort } from '@penstock/scoring/rescore';
import { reportDepartureOperation } from '@penstock/signals/operations/report-departure';
import { execute, type Caller } from '@penstock/workspace/operation';
import { Hono, type Context } from 'hono';

import { requireIdentity } from '../auth/authenticate.ts';
import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';

/** Servers take mails of 25 MB; all but the head and the words are attachments, which nobody needs here. */
const MOST_BYTES = 10 * 1024 * 1024;

const reportDeparture = reportDepartureOperation({ scoring: scoringPort });

/** `POST /v1/activities/mail/raw`: a mail as it went over the wire, such as a journal, a forwarding rule or a mail filter has it. */
export function rawMail(deps: GatewayDeps): Hono<GatewayEnv> {
  return new Hono<GatewayEnv>().post('/', async (c) => c.json(await take(deps, c)));
}

async function take(deps: GatewayDeps, c: Context<GatewayEnv>) {
  const caller = { actor: requireIdentity(c.get('identity')).actor, requestId: c.get('requestId') };
  const type = c.req.header('content-type') ?? '';
  // Of what a foreign page could send without asking first, nothing is taken.
  if (!/^message\/rfc822\b/i.test(type))
    throw new DomainError('invalid', 'Send the mail itself, as message/rfc822.');
  const mail = await readMail(await bytesOf(c));
  if (mail.automatic !== null) return { kind: mail.automatic.kind, ...(await automatic(deps, caller, mail)) };
  const { messageId, from, to, subject, sentAt, answers } = mail;
  const told = { messageId, from, to, subject, sentAt: sentAt.toISOString(), answers };
  return { kind: 'mail', ...(await execute(deps, caller, takeMail, told)) };
}

/** What no person wrote is no touch: it is read for who has left, and nothing else of it is kept. */
async function automatic(
  deps: GatewayDeps,
  caller: Caller,
  { automatic: said, from, sentAt }: ReadMail,
): Promise<{ outcome: string; departureId: string | null }> {
  const occurredAt = sentAt > deps.clock.now() ? undefined : sentAt.toISOString();
  if (said?.kind === 'bounce') {
    const { address, status } = said;
    return execute(deps, caller, reportDeparture, {
      witness: 'bounce',
      email: address,
      address,
      status: status || 'unknown',
      occurredAt,
    });
  }
  if (said?.kind === 'auto_reply' && said.text !== '') {
    const { address } = from;
    return execute(deps, caller, reportDeparture, {
      witness: 'auto_reply',
      email: address,
      address,
      text: said.text,
      occurredAt,
    });
  }
  return { outcome: 'says_nothing', departureId: null };
}

async function bytesOf(c: Context<GatewayEnv>): Promise<Uint8Array> {
  const tooLarge = () =>
    new DomainError('too_large', 'The mail has more than 10 MB. Send it without its attachments.');
  if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw tooLarge();
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
