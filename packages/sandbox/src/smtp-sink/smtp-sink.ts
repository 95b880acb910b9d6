import { buffer } from 'node:stream/consumers';

import type { Clock } from '@penstock/kernel/clock';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

import type { Outbox } from './outbox.ts';
import type { SmtpScripts } from './smtp-script.ts';

const MAX_MAIL_BYTES = 5 * 1024 * 1024;

export type SmtpSink = { port: number; close(): Promise<void> };

/** A mail server on loopback that keeps what it gets and sends nothing on. */
export async function startSmtpSink(options: {
  port: number;
  outbox: Outbox;
  scripts: SmtpScripts;
  clock: Clock;
}): Promise<SmtpSink> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MAX_MAIL_BYTES,
    disableReverseLookup: true,
    closeTimeout: 300,
    onData(stream, session, done) {
      void deliver(stream, session, done);
    },
  });
  const receive = async (bytes: Buffer, session: SMTPServerSession): Promise<Error | null | 'no answer'> => {
    const fault = options.scripts.take();
    if (fault === 'refuse_550') return refusal(550, 'Mailbox unavailable');
    if (fault === 'refuse_unknown') return refusal(550, '5.1.1 User unknown');
    if (fault === 'defer_451') return refusal(451, 'Try again later');
    if (fault === 'hang') return 'no answer';
    options.outbox.keep(await readMail(bytes, session, options.clock.now()));
    if (fault !== 'crash_after_data') return null;
    for (const connection of server.connections) if (connection.id === session.id) connection.close();
    return 'no answer';
  };
  async function deliver(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ) {
    const outcome = await buffer(stream)
      .then((bytes) => receive(bytes, session))
      .catch(() => refusal(451, 'The message can’t be read'));
    if (outcome !== 'no answer') done(outcome);
  }
  // A client that hangs up is its own business; without a listener it would end the process.
  server.on('error', () => undefined);
  const port = await listen(server, options.port);
  return { port, close: () => new Promise((done) => server.close(() => done())) };
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

async function readMail(bytes: Buffer, session: SMTPServerSession, at: Date) {
  // Loaded with the first mail: it alone takes 30 MB of an idle sandbox.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(bytes);
  return {
    messageId: mail.messageId ?? '',
    from: mail.from?.text ?? '',
    to: session.envelope.rcptTo.map(({ address }) => address),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    receivedAt: at.toISOString(),
  };
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
