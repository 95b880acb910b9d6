import { SourceError } from '@penstock/signals/source-port';
import type { SourceReply } from '@penstock/signals/source-port';

/** Throws the fault that EDGAR's status stands for; returns for 200. */
export function requireOk(source: string, reply: SourceReply): void {
  if (reply.status === 200) return;
  if (reply.status === 429) throw new SourceError(source, 'rate_limited', 'HTTP 429');
  if (reply.status === 403) {
    // One status, two meanings: going over ten requests a second, or not saying who we are. The page's words tell.
    const overLimit = /request rate|threshold|too many requests/i.test(reply.body);
    throw new SourceError(source, overLimit ? 'rate_limited' : 'forbidden', 'HTTP 403');
  }
  throw new SourceError(source, 'unavailable', `HTTP ${reply.status}`);
}

/** True for a file that isn't there: the archive is a bucket, which answers 404, or 403 with its own XML. */
export function isMissingFile(reply: SourceReply): boolean {
  return (
    reply.status === 404 ||
    (reply.status === 403 && /<Code>(AccessDenied|NoSuchKey)<\/Code>/.test(reply.body))
  );
}
