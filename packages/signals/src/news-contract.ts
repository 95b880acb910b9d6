import { plainText } from '@penstock/kernel/contract';
import { z } from 'zod';

import { DEFAULT_NEWS_RULES, NEWS_KINDS } from './model/news-rules.ts';

const Phrases = z
  .array(plainText(80).pipe(z.string().min(2, 'is too short')))
  .max(60, 'has more than 60 phrases');
const Hosts = z
  .array(
    z
      .string()
      .trim()
      .toLowerCase()
      .max(253)
      .regex(/^([a-z0-9-]+\.)+[a-z0-9-]{2,}$/, 'is no host, such as techcrunch.com'),
  )
  .max(100);

export const NewsKindName = z.enum(NEWS_KINDS);

/** Which articles count; see `model/news-rules.ts`. What rules say together is judged in `WatchRulesBody`. */
export const NewsRulesBody = z
  .strictObject({
    rules: z
      .array(
        z.strictObject({
          name: plainText(80).pipe(z.string().min(1, 'is missing')),
          kinds: z.array(NewsKindName).max(NEWS_KINDS.length).default([]),
          words: Phrases.default([]),
          notWords: Phrases.default([]),
          where: z.enum(['title', 'text']).default('text'),
          publishers: Hosts.default([]),
          languages: z
            .array(z.string().regex(/^[a-z]{2}$/, 'is no language in two letters, such as en'))
            .max(30)
            .default([]),
          namedInTitle: z.boolean().default(true),
          tellsAs: NewsKindName.nullable().default(null),
          strength: z.number().gt(0).max(1).nullable().default(null),
        }),
      )
      .max(50),
    ignoredPublishers: Hosts.default([]),
  })
  // Documents from before there were rules for news mean what was told then.
  .default(() => ({
    rules: DEFAULT_NEWS_RULES.rules.map((rule) => ({
      ...rule,
      kinds: [...rule.kinds],
      words: [...rule.words],
      notWords: [...rule.notWords],
      publishers: [...rule.publishers],
      languages: [...rule.languages],
    })),
    ignoredPublishers: [],
  }));
