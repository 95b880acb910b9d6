import type { NewsKind } from '@penstock/enrichment/provider-port';

import type { News } from './reply.ts';

export type Claim = { kind: NewsKind; told: string; facts: Record<string, string | number | null> };
type Read = (words: string, company: string) => Claim | null;

const plain =
  (kind: NewsKind, told: string, facts: Claim['facts'] = {}): Read =>
  () => ({ kind, told, facts });

/** Types of events that say something to act on, as Lusha's filter names them. */
const READERS: Readonly<Record<string, Read>> = {
  'Funding Round': plain('funding', 'raises money', { amountUsd: null, round: null }),
  'M&A': acquisition,
  'Facilities Expansion': plain('expansion', 'expands its sites'),
  'New Location': plain('expansion', 'opens a new location'),
  'Facility Closure': plain('budget_cut', 'closes a site'),
  'Headcount Decrease': plain('budget_cut', 'cuts jobs', { people: null }),
  'Headcount Increase': plain('hiring_growth', 'adds jobs', { people: null }),
  'Executive Hire': (words) => executive('executive_hire', words),
  'Executive Promotion': (words) => executive('executive_hire', words),
  'Executive Departure': (words) => executive('leadership_change', words),
};

export const EVENT_TYPES: readonly string[] = Object.keys(READERS);

/** `m_and_a`, `M&A` and `m&a` are one: answers write the names of the filter in their own way. */
const typeKey = (type: string): string => type.toLowerCase().replaceAll(/and|[^a-z]/g, '');
const BY_KEY = new Map(Object.entries(READERS).map(([type, read]) => [typeKey(type), read]));

/** What an event says of the company; null where it says nothing to act on, or nothing that is certain. */
export function claimOf(news: News, companyName: string): Claim | null {
  const words = [news.eventSummary, news.articleTitle, news.articleHighlight].filter(Boolean).join(' · ');
  return BY_KEY.get(typeKey(news.eventType))?.(words, companyName) ?? null;
}

/** Who buys whom is only in the words: the name before `acquires` or after `acquired by` buys; anything else stays unsaid. */
function acquisition(words: string, company: string): Claim | null {
  const name = company.toLowerCase().trim();
  if (name === '') return null;
  const passive = /\b(?:acquired|bought|taken over|purchased) by\b/.exec(words.toLowerCase());
  const active = /\b(?:acquires?|acquired|buys|bought|takes over|to acquire|acquisition of)\b/.exec(
    words.toLowerCase(),
  );
  const verb = passive ?? active;
  if (verb === null) return null;
  const sentence = sentenceAround(words.toLowerCase(), verb.index);
  const at = sentence.text.indexOf(name);
  if (at === -1) return null;
  const isBefore = at < verb.index - sentence.start;
  const buys = passive === null ? isBefore : !isBefore;
  return buys
    ? { kind: 'acquisition', told: 'acquires another company', facts: { direction: 'acquired' } }
    : { kind: 'acquisition', told: 'is acquired', facts: { direction: 'was_acquired' } };
}

function sentenceAround(words: string, index: number): { text: string; start: number } {
  const start = Math.max(words.lastIndexOf(' · ', index), words.lastIndexOf('. ', index)) + 1;
  const ends = [words.indexOf(' · ', index), words.indexOf('. ', index)].filter((at) => at !== -1);
  return { text: words.slice(start, Math.min(words.length, ...ends)), start };
}

/** Offices of the first rank alone; names stay in what is quoted. */
const OFFICE =
  /\bchief (?:[a-z]+ ){1,3}officer\b|\bC[EFOTMIRP]O\b|\bCHRO\b|\bCISO\b|\b(?:vice )?president\b|\bgeneral counsel\b/i;

function executive(kind: 'executive_hire' | 'leadership_change', words: string): Claim | null {
  const role = OFFICE.exec(words)?.[0];
  if (role === undefined) return null;
  const told = kind === 'executive_hire' ? `appoints a new ${role}` : `loses its ${role}`;
  return { kind, told, facts: { role } };
}
