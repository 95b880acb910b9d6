import { createHash } from 'node:crypto';

import type { ListedItem, PressItem, SourceAdapter } from '@penstock/signals/source-port';
import { SourceError } from '@penstock/signals/source-port';

import type { ConfiguredSource } from './configured.ts';
import { itemOf, readBody, requireFile } from './configured-item.ts';
import { namesIn, readHeadline } from './headline.ts';
import { hostOf, readFeed, type FeedEntry } from './read-feed.ts';

const QUARTER_HOUR_SECONDS = 900;

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
    articleOf: (item) => articleIn(id, item, item.body ?? ''),
    parseItem: (item, reply) => ({ outcome: 'article', article: articleIn(id, item, reply.body) }),
  };
}

const itemOfEntry = ({ id, title, text, url, publishedAt, publisher, language }: FeedEntry): ListedItem =>
  itemOf(
    createHash('sha256').update(id).digest('hex').slice(0, 32),
    { title, text, publisher, language: language ?? '' },
    { title, publicUrl: url, publishedAt },
  );

function articleIn(source: string, item: ListedItem, body: string): PressItem {
  const { title = '', text = '', publisher = '', language = '' } = readBody(source, body);
  const claim = readHeadline(title);
  return {
    key: item.key,
    // A feed that gives its articles other ids tells them all again: they are known by what people see of them.
    eventKey: `${source}/${createHash('sha256').update(`${title}\n${item.publicUrl}`).digest('hex').slice(0, 32)}`,
    title,
    text,
    url: item.publicUrl,
    publisher: publisher === '' ? hostOf(item.publicUrl) : publisher,
    language: language === '' ? null : language,
    publishedAt: item.publishedAt,
    claim,
    named: claim === null ? namesIn(title) : [claim.company],
    mentioned: namesIn(text),
  };
}
