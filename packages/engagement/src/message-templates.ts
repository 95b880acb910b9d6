import { plainText } from '@penstock/kernel/contract';
import type { Tx } from '@penstock/store/tx';
import { documentVersions } from '@penstock/workspace/documents';
import { z } from 'zod';

import { DEFAULT_MESSAGES, type MessageTemplate } from './model/first-message.ts';

export const MessageTemplateBody = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: plainText(80).pipe(z.string().min(1, 'is missing')),
  kinds: z.array(z.string().max(40)).max(30),
  subject: plainText(200).pipe(z.string().min(1, 'is missing')),
  text: plainText(5_000).pipe(z.string().min(1, 'is missing')),
});
export const MessageTemplates = z.object({ templates: z.array(MessageTemplateBody).min(1).max(30) });

/** The templates as published, or those that every workspace starts with. */
export async function messageTemplates(tx: Tx): Promise<readonly MessageTemplate[]> {
  const published = (await documentVersions(tx, 'first_messages')).find(({ state }) => state === 'published');
  return published ? MessageTemplates.parse(published.body).templates : DEFAULT_MESSAGES;
}
