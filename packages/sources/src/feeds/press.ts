import { createHash } from 'node:crypto';

import type { ItemReading, ListedItem, SourceAdapter } from '@penstock/signals/source-port';
import { SourceError } from '@penstock/signals/source-port';

import type { ConfiguredSource } from './configured.ts';
import { itemOf, readBody, requireFile } from './configured-item.ts';
import { readHeadline } from './headline.ts';
import { readFeed, type FeedEntry } from './read-feed.ts';

const QUARTER_HOUR_SECONDS = 900;
/** Press is quoted shortly and linked, never copied. */
const QUOTE_CHARACTERS = 300;

/** News of a feed that the workspace chose: what its headlines say of companies that are accounts. */
export function createPressFeed(source: ConfiguredSource, contact: string): SourceAdapter {
  const url = new URL(source.url);
  const id = source.id;
  return {
    manifest: {
      id,
      name: source.name,
      host: url.hostname,
      pollEverySeconds: source.pollEverySeconds ?? QUARTER_HOUR_SECONDS,
      limits: [{ requests: 1, windowMs: 1_000 }],
      licence: 'The publisher’s: headline and link are kept, the article is not.',
      cost: 'Free.',
      canKnow:
        'What the headlines of a feed say of funding, acquisitions, offices, lay-offs and new countries.',
      cannotKnow: 'What stands in the articles alone; which of two companies of one name is meant.',
    },
    isWindow: true,
    listRequest: (_cursor, page) =>
      page === 0
        ? {
            path: url.pathname + url.search,
            headers: {
              'user-agent': contact,
              accept: 'application/rss+xml, application/atom+xml, application/xml',
            },
          }
        : null,
    parseList(reply) {
      requireFile(id, reply);
      const entries = readFeed(id, reply.body);
      // A feed that shows nothing at all is broken, not quiet.
      if (entries.length === 0) throw new SourceError(id, 'empty', 'a feed without entries');
      return { items: entries.map(itemOfEntry) };
    },
    nextCursor: () => null,
    itemRequest: (item) => ({ path: item.documentPath }),
    parseItem: (item, reply) => readEntry(id, item, reply.body),
  };
}

const itemOfEntry = (entry: FeedEntry): ListedItem =>
  itemOf(
    createHash('sha256').update(entry.id).digest('hex').slice(0, 32),
    { title: entry.title, text: entry.text },
    { title: entry.title, publicUrl: entry.url, publishedAt: entry.publishedAt },
  );

function readEntry(source: string, item: ListedItem, body: string): ItemReading {
  const { title = '', text = '' } = readBody(source, body);
  const claim = readHeadline(title);
  if (claim === null) return { outcome: 'no_signal', reason: 'the headline says nothing to act on' };
  return {
    outcome: 'signal',
    finding: {
      kind: claim.kind,
      // A feed that gives its articles other ids tells them all again: they are known by what people see of them.
      eventKey: `${source}/${createHash('sha256').update(`${title}\n${item.publicUrl}`).digest('hex').slice(0, 32)}`,
      company: {
        name: claim.company,
        formerNames: [],
        ids: [],
        domain: null,
        city: null,
        region: null,
        country: null,
      },
      corroboration: `${title}\n${text}`,
      occurredAt: item.publishedAt,
      strength: claim.strength,
      summary: `${claim.company}${claim.told.startsWith(':') ? '' : ' '}${claim.told}.`,
      facts: claim.facts,
      evidence: {
        url: item.publicUrl,
        quote: title,
        quoteStart: 0,
        context: `${title}\n${text.slice(0, QUOTE_CHARACTERS)}`.trim(),
      },
    },
  };
}
