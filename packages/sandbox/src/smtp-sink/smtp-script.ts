import { z } from 'zod';

export const SmtpScript = z.object({
  /** `crash_after_data`: the mail is taken, the connection breaks before the answer. `refuse_unknown`: there is no such mailbox. */
  fault: z.enum(['crash_after_data', 'refuse_550', 'refuse_unknown', 'defer_451', 'hang']),
  times: z.int().positive().default(1),
});
export type SmtpScript = z.input<typeof SmtpScript>;
export type SmtpFault = z.infer<typeof SmtpScript>['fault'];

export type SmtpScripts = { add(script: SmtpScript): void; take(): SmtpFault | null; clear(): void };

/** What the sink does wrong with the next mails; in memory. */
export function createSmtpScripts(): SmtpScripts {
  const waiting: SmtpFault[] = [];
  return {
    add(script) {
      const { fault, times } = SmtpScript.parse(script);
      for (let at = 0; at < times; at += 1) waiting.push(fault);
    },
    take: () => waiting.shift() ?? null,
    clear: () => void waiting.splice(0),
  };
}
