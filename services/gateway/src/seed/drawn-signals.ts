import { createHash } from 'node:crypto';

import type { NewSignal } from '@penstock/signals/record-signals';
import type { WorldCompany } from '@penstock/sandbox/world/world';

export const DAY_MS = 86_400_000;

/** Number between 0 and 1 that depends on the words alone: the seeded world is the same on every machine. */
export function drawn(...words: (string | number)[]): number {
  return createHash('sha256').update(words.join(':')).digest().readUInt32BE(0) / 2 ** 32;
}

type Kind = 'hiring' | 'intent' | 'visit';

const READ_ABOUT = ['waterfall enrichment', 'lead routing', 'signal scoring'] as const;
const VISITED = ['pricing', 'integrations', 'security'] as const;
const TOPIC: Record<Exclude<Kind, 'hiring'>, (draw: number) => string> = {
  intent: (draw) => READ_ABOUT[Math.floor(draw * 3)] ?? '',
  visit: (draw) => VISITED[Math.floor(draw * 3)] ?? '',
};

const TEXT: Record<Kind, (company: WorldCompany, draw: number) => string> = {
  hiring: (company, draw) =>
    `${company.name} is hiring ${['a sales operations manager', 'a head of revenue operations', 'two account executives'][Math.floor(draw * 3)] ?? ''}`,
  intent: (_, draw) => `Reads about ${TOPIC.intent(draw)} more than usual`,
  visit: (_, draw) => `Visited the ${TOPIC.visit(draw)} page`,
};
const SHARE: Record<Kind, number> = { hiring: 0.28, intent: 0.22, visit: 0.35 };
const AGE_DAYS: Record<Kind, number> = { hiring: 50, intent: 25, visit: 12 };

/** What was seen of an invented company in the last weeks: for most nothing, for some several things. */
export function drawnSignals(company: WorldCompany, accountId: string, now: Date): NewSignal[] {
  return (['hiring', 'intent', 'visit'] as const).flatMap((kind): NewSignal[] => {
    if (drawn('has', kind, company.key) > SHARE[kind]) return [];
    const draw = drawn('what', kind, company.key);
    const occurredAt = new Date(now.getTime() - drawn('when', kind, company.key) * AGE_DAYS[kind] * DAY_MS);
    const summary = TEXT[kind](company, draw);
    const url = `https://${company.domain}/${kind}`;
    return [
      {
        accountId,
        kind,
        eventKey: `sandbox:${kind}:${company.key}`,
        strength: 0.3 + 0.6 * draw,
        summary,
        facts: kind === 'hiring' ? {} : { topic: TOPIC[kind](draw) },
        source: 'sandbox',
        isTest: false,
        occurredAt,
        evidence: {
          url,
          quote: summary,
          quoteStart: 0,
          contentHash: createHash('sha256').update(summary).digest('hex'),
          fetchedAt: occurredAt,
        },
      },
    ];
  });
}
