import { SourceError } from '@penstock/signals/source-port';
import type { ListedItem, SourceReply } from '@penstock/signals/source-port';
import { z } from 'zod';

const Body = z.record(z.string(), z.string());

/** Throws the fault that the status of a plain file stands for; returns for 200. */
export function requireFile(source: string, reply: SourceReply): void {
  if (reply.status === 200) return;
  const fault =
    reply.status === 429
      ? 'rate_limited'
      : reply.status === 401 || reply.status === 403
        ? 'forbidden'
        : 'unavailable';
  throw new SourceError(source, fault, `HTTP ${reply.status}`);
}

/** An item that its list tells in whole. */
export function itemOf(
  key: string,
  told: Record<string, string>,
  shown: { title: string; publicUrl: string; publishedAt: string | null },
): ListedItem {
  return {
    key,
    title: shown.title.slice(0, 300),
    publicUrl: shown.publicUrl,
    publishedAt: shown.publishedAt ?? '',
    documentPath: '',
    body: JSON.stringify(told),
  };
}

/** What `itemOf` kept. */
export function readBody(source: string, body: string): Partial<Record<string, string>> {
  try {
    return Body.parse(JSON.parse(body));
  } catch (cause) {
    throw new SourceError(source, 'malformed', 'the kept item can not be read', { cause });
  }
}
