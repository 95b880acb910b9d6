import type { MailTransport, OutgoingMail } from '@penstock/engagement/mail-port';
import nodemailer from 'nodemailer';

import { trackedStream } from './handover.ts';
import type { Handover } from './handover.ts';
import { outcomeOfFailure } from './outcome.ts';
import { safeMail } from './safe-mail.ts';

export type SmtpTransportOptions = {
  /** `smtp://user:password@host:587` or `smtps://…`; `?requireTLS=true` insists on STARTTLS. */
  url: string;
  maxConnections?: number;
  /** Of silence in any phase. */
  timeoutMs?: number;
};

export type SmtpTransport = MailTransport & { close(): void };

/** Opens a pool of SMTP connections. `send` never throws: every end is a `MailOutcome`, and nothing is sent twice. */
export function createSmtpTransport(options: SmtpTransportOptions): SmtpTransport {
  const timeoutMs = options.timeoutMs ?? 20_000;
  const handovers = new Map<string, Handover>();
  const pool = nodemailer.createTransport({
    url: options.url,
    pool: true,
    maxConnections: options.maxConnections ?? 4,
    // The pool must not send again by itself what it lost: whether that is safe is decided above.
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  pool.use('stream', (mail, done) => {
    const handover = handovers.get(String(mail.data.messageId));
    mail.message.build((error, message) => {
      if (error || !message) return done(error ?? new Error('no message'));
      if (handover) mail.message.createReadStream = () => trackedStream(message, handover);
      done();
    });
  });
  return {
    async send(mail) {
      const safe = safeMail(mail);
      if (safe === null) return { outcome: 'refused', code: 'invalid_address' };
      const handover: Handover = { complete: false };
      handovers.set(safe.messageId, handover);
      try {
        const info = await pool.sendMail(messageOf(safe));
        return { outcome: 'accepted', response: info.response };
      } catch (error) {
        return outcomeOfFailure(error, handover.complete);
      } finally {
        handovers.delete(safe.messageId);
      }
    },
    close: () => pool.close(),
  };
}

function messageOf(mail: OutgoingMail) {
  return {
    messageId: mail.messageId,
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo !== null && { replyTo: mail.replyTo }),
    subject: mail.subject,
    text: mail.text,
  };
}
