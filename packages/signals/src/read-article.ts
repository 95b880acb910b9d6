import { companyMeant } from '@penstock/accounts/corroborate-company';
import { newId } from '@penstock/kernel/ids';
import type { Tx } from '@penstock/store/tx';

import { judgeNews, type NewsHit } from './model/news-rules.ts';
import { forgetArticles, insertArticle } from './press-statements.ts';
import type { Finding, PressItem } from './source-port.ts';
import { watchRules } from './watch-rules-document.ts';

/** Press is quoted shortly and linked, never copied. */
const QUOTE_CHARACTERS = 300;
const KEPT_MS = 90 * 86_400_000;

/** Whom an article is about. */
export type Meant = { accountId: string; name: string; isSure: boolean };
type Seen = { source: string; now: Date; about: Meant | null };

/**
 * Keeps an article for as long as rules are tried on it, and reads it by the rules for news.
 * @returns what is told: at the account that is meant, or, where only its name says so (`meant` null), at whom the name finds
 */
export async function readArticle(
  tx: Tx,
  article: PressItem,
  seen: Seen,
): Promise<
  | { outcome: 'no_signal'; reason: string }
  | { outcome: 'told'; finding: Finding; meant: Meant | null; because: string }
> {
  const kept = await keepArticle(tx, article, { ...seen, isBaseline: false });
  const hit = judgeNews(await watchRules(tx), { ...article, isNamed: kept.isNamed });
  if (hit === null) return { outcome: 'no_signal', reason: 'fits no rule for news' };
  const { meant } = kept;
  const because = `named by the article, which the rule “${hit.rule.name}” wants`;
  if (seen.about !== null && meant !== null)
    return { outcome: 'told', finding: findingOf(article, hit, meant.name), meant, because };
  // The headline's own verb names one company: where its name is not enough, a person says whether it is the account.
  if (hit.rule.tellsAs === null) {
    const finding = findingOf(article, hit, article.named[0] ?? '');
    const corroboration = `${article.title}\n${article.text}`;
    return { outcome: 'told', finding: { ...finding, corroboration }, meant: null, because };
  }
  if (meant === null) return { outcome: 'no_signal', reason: 'names no account' };
  return meant.isSure
    ? { outcome: 'told', finding: findingOf(article, hit, meant.name), meant, because }
    : {
        outcome: 'no_signal',
        reason: `names ${meant.name}, but neither its domain nor its place: it may be another one`,
      };
}

/** Keeps articles that were there when the watching began: rules are tried on them, and nobody is told. */
export async function keepBaseline(
  tx: Tx,
  articles: readonly PressItem[],
  seen: Omit<Seen, 'about'>,
): Promise<void> {
  for (const article of articles) await keepArticle(tx, article, { ...seen, about: null, isBaseline: true });
}

/** Ends what rules are no longer tried on. */
export async function forgetOldArticles(tx: Tx, source: string, now: Date): Promise<void> {
  await tx.rows(forgetArticles, source, new Date(now.getTime() - KEPT_MS));
}

async function keepArticle(
  tx: Tx,
  article: PressItem,
  { source, now, about, isBaseline }: Seen & { isBaseline: boolean },
): Promise<{ meant: Meant | null; isNamed: boolean }> {
  const named = about ?? (await meantBy(tx, article, article.named));
  // The headline's verb says whom it is about: nobody else that the text names.
  const mentioned =
    named?.isSure || article.claim !== null ? null : await meantBy(tx, article, article.mentioned);
  const meant = mentioned?.isSure ? mentioned : named;
  const isNamed = about === null ? article.claim !== null || meant === named : article.named.length > 0;
  const at = article.publishedAt === '' ? now : new Date(article.publishedAt);
  await tx.rows(
    insertArticle,
    newId(now),
    source,
    article.key,
    meant?.accountId ?? null,
    meant?.isSure ?? false,
    isNamed,
    article.title.slice(0, QUOTE_CHARACTERS),
    article.text.slice(0, QUOTE_CHARACTERS),
    article.url,
    article.publisher,
    article.language,
    article.claim === null ? null : JSON.stringify(article.claim),
    at,
    now,
    isBaseline,
  );
  return { meant, isNamed };
}

async function meantBy(tx: Tx, article: PressItem, names: readonly string[]): Promise<Meant | null> {
  const [name, ...others] = names;
  if (name === undefined) return null;
  const mention = {
    name,
    formerNames: others,
    ids: [],
    domain: null,
    city: null,
    region: null,
    country: null,
  };
  return companyMeant(tx, mention, `${article.title}\n${article.text}`);
}

function findingOf(article: PressItem, { rule, kind, strength, phrase }: NewsHit, company: string): Finding {
  const { claim, title, text, url } = article;
  const isClaim = claim !== null && rule.tellsAs === null;
  return {
    kind,
    eventKey: article.eventKey,
    company: {
      name: company,
      formerNames: [],
      ids: [],
      domain: null,
      city: null,
      region: null,
      country: null,
    },
    occurredAt: article.publishedAt,
    strength,
    // Names of people stay in the quoted headline.
    summary: isClaim
      ? `${company}${claim.told.startsWith(':') ? '' : ' '}${claim.told}.`
      : `${company} is in the news: ${rule.name}${phrase === null ? '' : ` (“${phrase}”)`}.`,
    facts: isClaim ? { ...claim.facts, rule: rule.name } : { rule: rule.name, phrase },
    evidence: {
      url,
      quote: title,
      quoteStart: 0,
      context: `${title}\n${text.slice(0, QUOTE_CHARACTERS)}`.trim(),
    },
  };
}
