import { createHash } from 'node:crypto';

import type { NewEvidence, NewSignal } from '@penstock/signals/record-signals';
import type { WorldCompany } from '@penstock/sandbox/world/world';

export const DAY_MS = 86_400_000;

/** Number between 0 and 1 that depends on the words alone: the seeded world is the same on every machine. */
export function drawn(...words: (string | number)[]): number {
  return createHash('sha256').update(words.join(':')).digest().readUInt32BE(0) / 2 ** 32;
}

type Kind = 'hiring' | 'intent' | 'category_search' | 'visit';

const READ_ABOUT = ['waterfall enrichment', 'lead routing', 'signal scoring'] as const;
const VISITED = ['pricing', 'integrations', 'security'] as const;
const HIRED = [
  'a sales operations manager',
  'a head of revenue operations',
  'two account executives',
] as const;
const of = (words: readonly string[], draw: number): string => words[Math.floor(draw * words.length)] ?? '';
const TOPIC: Record<Exclude<Kind, 'hiring'>, (draw: number) => string> = {
  intent: (draw) => of(READ_ABOUT, draw),
  category_search: (draw) => of(READ_ABOUT, draw),
  visit: (draw) => of(VISITED, draw),
};

const TEXT: Record<Kind, (company: WorldCompany, draw: number) => string> = {
  hiring: (company, draw) => `${company.name} is hiring ${of(HIRED, draw)}`,
  intent: (_, draw) => `Reads about ${TOPIC.intent(draw)} more than usual`,
  category_search: (_, draw) => `Compares vendors of ${TOPIC.category_search(draw)}`,
  visit: (_, draw) => `Visited the ${TOPIC.visit(draw)} page`,
};
const LATELY = ['hiring', 'intent', 'visit'] as const;
const SHARE: Record<(typeof LATELY)[number], number> = { hiring: 0.28, intent: 0.22, visit: 0.35 };
const AGE_DAYS: Record<(typeof LATELY)[number], number> = { hiring: 50, intent: 25, visit: 12 };

/** What was seen of an invented company in the last weeks: for most nothing, for some several things. */
export function drawnSignals(company: WorldCompany, accountId: string, now: Date): NewSignal[] {
  return LATELY.flatMap((kind): NewSignal[] => {
    if (drawn('has', kind, company.key) > SHARE[kind]) return [];
    const occurredAt = new Date(now.getTime() - drawn('when', kind, company.key) * AGE_DAYS[kind] * DAY_MS);
    const draw = drawn('what', kind, company.key);
    return [seen({ kind, company, accountId, draw, occurredAt, eventKey: `sandbox:${kind}:${company.key}` })];
  });
}

/** One thing that was seen of an invented company, with the page that shows it. */
export function seen(what: {
  kind: Kind;
  company: WorldCompany;
  accountId: string;
  /** 0–1: which of the things that can be seen, and how strongly. */
  draw: number;
  occurredAt: Date;
  eventKey: string;
}): NewSignal & { evidence: NewEvidence } {
  const { kind, company, accountId, draw, occurredAt, eventKey } = what;
  const summary = TEXT[kind](company, draw);
  return {
    accountId,
    kind,
    eventKey,
    strength: 0.3 + 0.6 * draw,
    summary,
    facts: kind === 'hiring' ? {} : { topic: TOPIC[kind](draw) },
    source: 'sandbox',
    isTest: false,
    occurredAt,
    evidence: {
      url: `https://${company.domain}/${kind}`,
      quote: summary,
      quoteStart: 0,
      contentHash: createHash('sha256').update(summary).digest('hex'),
      fetchedAt: occurredAt,
    },
  };
}
