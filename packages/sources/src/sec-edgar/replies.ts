import { SourceError } from '@penstock/signals/source-port';
import type { ListedItem, SourceReply } from '@penstock/signals/source-port';

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

/** Throws where a document is of another company, or another filing, than the one that was asked for. */
export function requireAsked(source: string, item: ListedItem, { body }: SourceReply): void {
  const filing = /^\s*ACCESSION NUMBER:\s*(\d{10}-\d{2}-\d{6})\s*$/im.exec(body.slice(0, MOST_HEADER))?.[1];
  if (filing !== undefined && filing !== item.key)
    throw new SourceError(source, 'malformed', 'the document is of another filing');
  const asked = /\/edgar\/data\/(\d+)\//.exec(item.documentPath)?.[1];
  const issuers = [...body.matchAll(/<(?:[\w.-]+:)?cik>\s*(\d{1,10})\s*</g)].map(([, cik]) => Number(cik));
  if (filing === undefined && asked !== undefined && issuers.length > 0 && !issuers.includes(Number(asked)))
    throw new SourceError(source, 'malformed', 'the document is another company’s');
}

const MOST_HEADER = 4_000;
