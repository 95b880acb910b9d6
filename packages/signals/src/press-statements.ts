import { statement } from '@penstock/store/statement';

import type { NewsClaim } from './source-port.ts';

export const insertArticle = statement(
  'insert_press_article',
  `insert into press_article (workspace_id, id, source, key, account_id, is_sure, is_named, title, text, url, publisher, language, claim, at, seen_at, is_baseline)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::jsonb, $14, $15, $16) on conflict (workspace_id, source, key) do nothing`,
);

const MOST_FORGOTTEN = 5_000;
export const forgetArticles = statement(
  'forget_press_articles',
  `delete from press_article where workspace_id = $1 and id in (
     select id from press_article where workspace_id = $1 and source = $2 and seen_at < $3 order by seen_at limit ${MOST_FORGOTTEN})`,
);

export type ArticleRow = {
  source: string;
  title: string;
  text: string;
  url: string;
  publisher: string;
  language: string | null;
  claim: NewsClaim | null;
  isNamed: boolean;
  isSure: boolean;
  accountId: string | null;
  accountName: string | null;
  at: Date;
  isBaseline: boolean;
};

/** Newest first. */
export const articlesSince = statement<ArticleRow>(
  'press_articles_since',
  `select p.source, p.title, p.text, p.url, p.publisher, p.language, p.claim, p.is_named as "isNamed", p.is_sure as "isSure", p.account_id as "accountId",
     a.name as "accountName", p.at, p.is_baseline as "isBaseline"
   from press_article p left join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
   where p.workspace_id = $1 and p.seen_at >= $2 order by p.seen_at desc limit $3`,
);
