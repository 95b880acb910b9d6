import type { SignalKind } from '../source-port.ts';

/** What makes a report one of several about the same event. */
export type EventReport = {
  /** What the event is about, e.g. `chief financial officer` for an executive hire: other things are other events. */
  about: string;
  /** Whose word it is. Several reports of one origin are one witness. */
  origin: string;
  /** Two reports of this origin are two events, not one event told twice. */
  tellsEventsApart: boolean;
};

type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Newspapers print the same release, often with the same words. */
const RETELLING: ReadonlySet<string> = new Set(['press']);

/** Origins where the company itself, or the state, put it on record. */
const ON_RECORD: ReadonlySet<string> = new Set(['sec-edgar', 'warn']);

/** Whether a report comes from a public record, which leads over what others tell of the same event. */
export const isOnRecord = (origin: string): boolean => ON_RECORD.has(origin);

/**
 * Sources of one house are one origin: `sec-edgar/current-8-k` and `sec-edgar/daily-index-8-k` are both `sec-edgar`. Job boards
 * (`board/lever`) are each their own, and who collects the press has its word from there.
 */
function originOf(source: string): string {
  if (source === 'predictleads/news' || source === 'lusha/news') return 'press';
  return source.startsWith('board/') ? source : (source.split('/')[0] ?? source);
}

/**
 * How news of a source is recognised when others tell it too; null for news that only its own source tells (visits, intent)
 * or that does not say enough to be recognised.
 */
export function eventReportOf(source: string, kind: SignalKind, facts: Facts): EventReport | null {
  const about = aboutOf(kind, facts);
  const origin = originOf(source);
  return about === null ? null : { about, origin, tellsEventsApart: !RETELLING.has(origin) };
}

function aboutOf(kind: SignalKind, facts: Facts): string | null {
  switch (kind) {
    case 'funding':
      return 'round';
    case 'budget_cut':
      return 'lay-offs';
    case 'acquisition':
      return typeof facts['direction'] === 'string' ? facts['direction'] : null;
    case 'expansion':
      if (typeof facts['country'] === 'string') return `country ${facts['country'].toLowerCase()}`;
      return typeof facts['department'] === 'string'
        ? `department ${facts['department'].toLowerCase()}`
        : null;
    case 'hiring':
      return typeof facts['title'] === 'string' ? `opening ${plainTitle(facts['title'])}` : null;
    case 'technology_adoption':
    case 'competitive_install':
      return typeof facts['tool'] === 'string'
        ? `${String(facts['change'] ?? 'adopted')} ${facts['tool'].toLowerCase()}`
        : null;
    case 'executive_hire':
    case 'leadership_change':
      return typeof facts['role'] === 'string' ? roleKey(facts['role']) : null;
    default:
      return null;
  }
}

/** Boards and those who copy them differ in signs and in what is said of gender. */
const plainTitle = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/\([^)]*\)/g, ' ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const SHORT_ROLES: Readonly<Record<string, string>> = {
  ceo: 'chief executive officer',
  cfo: 'chief financial officer',
  coo: 'chief operating officer',
  cto: 'chief technology officer',
  cio: 'chief information officer',
  cmo: 'chief marketing officer',
  cro: 'chief revenue officer',
  chro: 'chief human resources officer',
  ciso: 'chief information security officer',
};

/**
 * One key for the ways an office is written: `Interim CFO`, `Chief Financial Officer and Treasurer` and `chief financial officer` are
 * one. Of several offices the first chief one counts.
 */
export function roleKey(role: string): string {
  const plain = role
    .toLowerCase()
    .replaceAll(/\b(?:interim|acting|co-|global|group|new)\s*/g, '')
    .replaceAll(/\b[a-z]{3,4}\b/g, (word) => SHORT_ROLES[word] ?? word)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /\bchief [a-z ,&]{1,60}?officer\b/.exec(plain)?.[0] ?? (plain === '' ? role.toLowerCase() : plain);
}
