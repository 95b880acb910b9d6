import { join } from 'node:path';

import { z } from 'zod';

import { openJournal } from '../journal.ts';

const SunkMail = z.object({
  messageId: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  receivedAt: z.string(),
});
export type SunkMail = z.infer<typeof SunkMail>;

export type Outbox = {
  /** Newest first. */
  list(): SunkMail[];
  keep(mail: SunkMail): void;
  clear(): void;
};

/** Every mail that the sink took, over restarts. */
export function openOutbox(dataDir: string | null): Outbox {
  const journal = openJournal(dataDir === null ? null : join(dataDir, 'outbox.jsonl'), SunkMail);
  return {
    list: () => journal.entries().toReversed(),
    keep: (mail) => journal.append(mail),
    clear: () => journal.clear(),
  };
}
