/** One mail on its way out. Kept in Postgres before it is handed to a transport, so that a crash can't hide it. */
export type OutgoingMail = {
  messageId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
  replyTo: string | null;
  subject: string;
  text: string;
};

export type MailOutcome =
  /** The server took responsibility for it. */
  | { outcome: 'accepted'; response: string }
  /** Certainly not taken: nothing was handed over, or a temporary refusal. Trying again is safe. */
  | { outcome: 'not_accepted'; code: string }
  /** Certainly refused for good (5xx): trying again is useless. */
  /** `code` holds the enhanced status where the server gave one: `550 5.1.1`. */
  | { outcome: 'refused'; code: string }
  /** The connection broke after the message was handed over: nobody knows. Never sent again by itself. */
  | { outcome: 'unknown'; code: string };

/** Whether mail of such workspaces can leave at all. */
export type MailServers = (kind: 'sandbox' | 'real') => boolean;

export type MailTransport = { send(mail: OutgoingMail): Promise<MailOutcome> };
