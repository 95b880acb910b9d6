import { Instant } from '@penstock/kernel/contract';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { WatchRulesBody } from '../contracts.ts';
import { tryNews } from '../model/try-news.ts';
import { articlesSince } from '../press-statements.ts';
import { watchRules } from '../watch-rules-document.ts';
import { looked, MOST_TRIED, RuleFigures, triedSince, TrialTotals } from './rule-trials.ts';

const Line = z.enum([
  'kinds',
  'words',
  'notWords',
  'publishers',
  'ignoredPublishers',
  'languages',
  'namedInTitle',
  'account',
]);

const Article = z.object({
  rule: z.string(),
  title: z.string(),
  url: z.string(),
  publisher: z.string(),
  language: z.string().nullable(),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  /** Only its name says which account is meant: a person is asked. */
  isSure: z.boolean(),
  at: Instant,
  /** It was there when watching began, so nobody was told of it. */
  isBaseline: z.boolean(),
});

export const testNewsRules = query({
  name: 'settings.testNewsRules',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'What rules for news would have told of the articles seen in the last 90 days, before they are saved, what each line left out, and the difference to the published ones.',
  input: z.object({ body: WatchRulesBody }),
  output: TrialTotals.extend({
    rules: z.array(
      RuleFigures.extend({
        /** What each line alone leaves out: articles that fit all the others. */
        leftOut: z.array(z.object({ line: Line, because: z.string(), count: z.int() })),
        /** The line without which something would be hit, where nothing is. */
        emptiedBy: Line.nullable(),
      }),
    ),
    examples: z.array(
      Article.extend({ phrase: z.string().nullable(), kind: z.string(), isGained: z.boolean() }),
    ),
    nearMisses: z.array(Article.extend({ line: Line, because: z.string() })),
    lostExamples: z.array(Article),
    /** Publishers of what was looked at, the busiest first. */
    publishers: z.array(z.string()),
  }),
  async run({ tx, now }, { body }) {
    const articles = await tx.rows(articlesSince, triedSince(now), MOST_TRIED);
    const trial = tryNews(articles, body, await watchRules(tx));
    return { ...looked(articles), ...trial, publishers: busiest(articles) };
  },
});

const MOST_PUBLISHERS = 40;

const busiest = (articles: readonly { publisher: string }[]): string[] =>
  [...Map.groupBy(articles, ({ publisher }) => publisher)]
    .filter(([publisher]) => publisher !== '')
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_PUBLISHERS)
    .map(([publisher]) => publisher);
