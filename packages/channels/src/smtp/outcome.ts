import type { MailOutcome } from '@penstock/engagement/mail-port';

type SmtpFailure = { code: string; command: string; responseCode: number | null; enhanced: string | null };

/** Before the first command about this mail: whatever the server says there is not about the mail. */
const ABOUT_THE_SESSION = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH|API)/;

/**
 * What a failed attempt means. A server that answers decides: 4xx is "not now", 5xx "never". Without an answer the phase
 * decides: until the message was handed over nobody can have it; afterwards nobody knows.
 */
export function outcomeOfFailure(error: unknown, handedOver: boolean): MailOutcome {
  const { code, command, responseCode, enhanced } = failureOf(error);
  if (responseCode === null) return { outcome: handedOver ? 'unknown' : 'not_accepted', code };
  // A wrong password or a server that wants nothing from us is ours to mend; the mail itself may still be fine.
  if (code === 'EAUTH' || ABOUT_THE_SESSION.test(command))
    return { outcome: 'not_accepted', code: `${code} ${responseCode}` };
  return {
    outcome: responseCode >= 500 ? 'refused' : 'not_accepted',
    code: enhanced === null ? String(responseCode) : `${responseCode} ${enhanced}`,
  };
}

function failureOf(error: unknown): SmtpFailure {
  const read = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined);
  const responseCode = read('responseCode');
  return {
    code: typeof read('code') === 'string' ? String(read('code')) : 'EUNKNOWN',
    command: typeof read('command') === 'string' ? String(read('command')) : '',
    // RFC 3463: which mailbox, policy or content it was about.
    enhanced: /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(String(read('response') ?? ''))?.[1] ?? null,
    responseCode: typeof responseCode === 'number' && responseCode >= 400 ? responseCode : null,
  };
}
