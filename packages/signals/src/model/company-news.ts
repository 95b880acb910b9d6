import type { ToldEvent } from '../paid-signals/paid-signal-port.ts';
import type { NewSignal } from '../record-signals.ts';
import type { NewsKind } from '../source-port.ts';
import { eventReportOf } from './event-report.ts';
import { judgeNews } from './news-rules.ts';
import { SIGNAL_KINDS } from './signal-kind.ts';
import { judgeOpening, type WatchRules } from './watch-rules.ts';

export type NewsOf = {
  account: { id: string; name: string };
  /** `theirstack/jobs` */
  source: string;
  since: Date;
  now: Date;
  rules: WatchRules;
  contentHash: (text: string) => string;
};

const DAY_MS = 86_400_000;
/** Vendors tell old things as if they were new. */
const OLDEST_MS = 90 * DAY_MS;
const LEAST_CONFIDENCE = 0.5;

/** Budget of a source's month. */
export const paidPeriod = (source: string, now: Date): string =>
  `signals/${source}/${now.toISOString().slice(0, 7)}`;

/**
 * What a vendor tells of an account, as a signal of the kinds that free sources tell too; null for what is no news: it was there before
 * the watching began, happened long ago, fits no watch rule, or the vendor itself doubts it.
 */
export function companyNews(event: ToldEvent, of: NewsOf): NewSignal | null {
  const at = new Date(event.at);
  const told = Number.isNaN(at.getTime()) ? of.now : at;
  if (told.getTime() < of.now.getTime() - OLDEST_MS) return null;
  if (event.what === 'opening') return openingSignal(event, told, of);
  if (event.what === 'technology') return technologySignal(event, told, of);
  if (event.confidence !== null && event.confidence < LEAST_CONFIDENCE) return null;
  return newsSignal(event, told, of);
}

function newsSignal(event: Extract<ToldEvent, { what: 'news' }>, at: Date, of: NewsOf): NewSignal | null {
  const { kind, facts } = event;
  const usual = kind === 'funding' ? fundingStrength(facts['amountUsd']) : SIGNAL_KINDS[kind].defaultStrength;
  const wanted = kind === 'hiring_growth' ? { kind, strength: usual } : newsWanted(event, kind, usual, of);
  return wanted === null
    ? null
    : {
        ...shared(event, at, of, facts, wanted.kind),
        kind: wanted.kind,
        strength: wanted.strength,
        summary: `${of.account.name} ${event.told}.`,
        facts,
      };
}

/** What vendors read in newspapers obeys the same rules as what is read here. */
const newsWanted = (
  { quote, url }: ToldEvent,
  kind: NewsKind,
  strength: number,
  { rules }: NewsOf,
): { kind: NewsKind; strength: number } | null =>
  judgeNews(rules, {
    title: quote,
    text: '',
    publisher: URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '',
    language: null,
    claim: { kind, strength },
    isNamed: true,
  });

function openingSignal(
  event: Extract<ToldEvent, { what: 'opening' }>,
  at: Date,
  of: NewsOf,
): NewSignal | null {
  const { title, department, countries, place } = event;
  const judged = judgeOpening(of.rules, { title, department, countries });
  if (judged === null || at < of.since) return null;
  const facts = { rule: judged.rule.name, title, department };
  return {
    ...shared(event, at, of, facts, 'hiring'),
    kind: 'hiring',
    strength: judged.rule.strength,
    summary: `${of.account.name} hires: ${title}${place === null ? '' : `, ${place}`}.`,
    facts,
  };
}

function technologySignal(
  event: Extract<ToldEvent, { what: 'technology' }>,
  at: Date,
  of: NewsOf,
): NewSignal | null {
  if (event.change === 'adopted' && at < startOfDay(of.since)) return null;
  const rival = of.rules.competitors.find(({ name, mentions }) =>
    [name, ...mentions].some((word) => word.toLowerCase() === event.name.toLowerCase()),
  );
  const tool = rival?.name ?? event.name;
  const kind = rival && event.change === 'adopted' ? 'competitive_install' : 'technology_adoption';
  const competes = rival !== undefined;
  const facts = { tool, change: event.change, competes };
  const what = {
    adopted: competes ? 'has installed' : 'has begun to use',
    dropped: competes ? 'has given up' : 'no longer uses',
  };
  return {
    ...shared(event, at, of, facts, kind),
    kind,
    strength: SIGNAL_KINDS[competes ? 'competitive_install' : kind].defaultStrength,
    summary: `${of.account.name} ${what[event.change]} ${tool}${competes ? ', which competes with us' : ''}.`,
    facts,
  };
}

/** Vendors date sightings by the day. */
const startOfDay = (at: Date): Date => new Date(`${at.toISOString().slice(0, 10)}T00:00:00Z`);

function shared(
  event: ToldEvent,
  occurredAt: Date,
  { account, source, now, contentHash }: NewsOf,
  facts: NewSignal['facts'],
  kind: NewSignal['kind'],
) {
  const change = event.what === 'technology' ? `/${event.change}` : '';
  return {
    accountId: account.id,
    eventKey: `${source}/${account.id}/${event.ref}${change}`,
    source,
    report: eventReportOf(source, kind, facts),
    isTest: false,
    occurredAt,
    evidence: {
      url: event.url,
      quote: event.quote.slice(0, 300),
      quoteStart: 0,
      contentHash: contentHash(event.quote),
      fetchedAt: now,
    },
  };
}

/** As of the press: 0.3 up to 100,000, 1 from 100 million, linear in the logarithm between. */
function fundingStrength(amount: string | number | boolean | null | undefined): number {
  if (typeof amount !== 'number' || amount <= 0) return SIGNAL_KINDS.funding.defaultStrength;
  const strength = Math.min(1, Math.max(0.3, 0.3 + (0.7 * Math.log10(amount / 100_000)) / 3));
  return Math.round(strength * 1_000) / 1_000;
}
