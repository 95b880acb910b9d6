import { registrableDomain } from '@penstock/accounts/model/domain-name';

import type { SignalKind } from '../source-port.ts';

/** Rows of a vendor's file of intent, whatever its columns are called. Pure. */

export type IntentKind = Extract<SignalKind, 'content_spike' | 'competitor_research' | 'category_search'>;
export type IntentRow = {
  domain: string | null;
  company: string;
  kind: IntentKind;
  topic: string;
  /** 0–1 */
  strength: number;
  occurredAt: Date;
};
export type IntentColumns = Readonly<
  Record<'domain' | 'company' | 'kind' | 'topic' | 'score' | 'date', number | null>
>;

const HEADERS: Readonly<Record<keyof IntentColumns, RegExp>> = {
  domain: /^(?:company |account )?(?:domain|web ?site|url|web address)$/,
  company: /^(?:company|account|organi[sz]ation)(?: name)?$/,
  kind: /^(?:intent )?(?:kind|type|signal)(?: type)?$/,
  topic: /^(?:intent )?(?:topic|keyword|category|theme|competitor|search term)s?(?: name)?$/,
  score: /^(?:intent |composite |topic |surge )?(?:score|strength)$/,
  date: /^(?:intent |signal |surge )?(?:date|day|week|occurred at|time|timestamp|last seen)$/,
};

/** Where each column stands; null where the file has none. */
export function intentColumns(header: readonly string[]): IntentColumns {
  const names = header.map((name) =>
    name
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, ' ')
      .trim(),
  );
  const at = (column: keyof IntentColumns): number | null => {
    const found = names.findIndex((name) => HEADERS[column].test(name));
    return found === -1 ? null : found;
  };
  return {
    domain: at('domain'),
    company: at('company'),
    kind: at('kind'),
    topic: at('topic'),
    score: at('score'),
    date: at('date'),
  };
}

/** Why a file with these columns says nothing; null if it does. */
export function missingIntentColumns(columns: IntentColumns): string | null {
  if (columns.domain === null && columns.company === null) return 'has no column “domain” or “company”.';
  return columns.kind === null && columns.topic === null ? 'has no column “kind” or “topic”.' : null;
}

const KINDS: readonly [IntentKind, RegExp][] = [
  ['competitor_research', /compet|versus|\bvs\b|alternative|rival/],
  ['category_search', /search|categor|keyword|query/],
  ['content_spike', /content|consum|surge|spike|research|read|topic|intent/],
];

/** Days back and ahead that a row may be of: what is older says nothing any more. */
const OLDEST_DAYS = 180;
const DAY_MS = 86_400_000;

/** What a row says, or why it says nothing, in words for its sender. */
export function readIntentRow(
  cells: readonly string[],
  columns: IntentColumns,
  now: Date,
): { row: IntentRow } | { problem: string } {
  const cell = (column: keyof IntentColumns): string => (cells[columns[column] ?? -1] ?? '').trim();
  const domain = cell('domain') === '' ? null : registrableDomain(cell('domain'));
  const company = cell('company').slice(0, 200);
  if (domain === null && company === '')
    return {
      problem: cell('domain') === '' ? 'names no company' : `“${cell('domain').slice(0, 60)}” is no domain`,
    };
  const topic = cell('topic').slice(0, 120);
  const kind = kindOf(cell('kind'), topic);
  if (kind === null)
    return { problem: `kind “${cell('kind').slice(0, 60)}” is none of content, competitor, category` };
  const strength = strengthOf(cell('score'));
  if (strength === null)
    return { problem: `score “${cell('score').slice(0, 60)}” is no number from 0 to 100` };
  const occurredAt = dateOf(cell('date'), now);
  if (occurredAt === null)
    return { problem: `date “${cell('date').slice(0, 60)}” is no day like 2026-11-28` };
  if (occurredAt.getTime() > now.getTime() + DAY_MS)
    return { problem: `date ${cell('date')} has not come yet` };
  if (now.getTime() - occurredAt.getTime() > OLDEST_DAYS * DAY_MS)
    return { problem: `date ${cell('date')} is more than ${OLDEST_DAYS} days ago` };
  return { row: { domain, company, kind, topic, strength, occurredAt } };
}

function kindOf(kind: string, topic: string): IntentKind | null {
  const text = kind.toLowerCase();
  if (text === '') return topic === '' ? null : 'content_spike';
  return KINDS.find(([, pattern]) => pattern.test(text.replaceAll('_', ' ')))?.[0] ?? null;
}

/** 0–1 as it is, up to 100 as a share of it; 0.5 where nothing is said. */
function strengthOf(score: string): number | null {
  if (score === '') return 0.5;
  const value = Number(score.replace(',', '.').replace(/ ?%$/, ''));
  if (!Number.isFinite(value) || value < 0 || value > 100) return null;
  return Math.min(1, Math.max(0.05, value > 1 ? value / 100 : value));
}

function dateOf(text: string, now: Date): Date | null {
  if (text === '') return now;
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(text)) return null;
  const day = text.slice(0, 10);
  const at = new Date(
    /[T ]/.test(text.slice(10, 11)) && /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${day}T00:00:00Z`,
  );
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day.slice(0, 7)) ? null : at;
}
