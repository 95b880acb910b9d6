/** What visits of a company say when they are put together. */

/** Visits of an account, as of a moment. */
export type VisitsSoFar = {
  /** Of the last visit. */
  path: string;
  /** Of today. */
  today: number;
  pricingToday: string | null;
  /** Different browsers within a week. */
  visitorsOfWeek: number;
  /** Different days within 30, today included. */
  days: number;
};
export type VisitEvent = {
  interest: 'visit' | 'pricing' | 'several';
  /** The day or week that it stands for: told once in it. */
  period: string;
  strength: number;
  summary: string;
};

const DAY_MS = 86_400_000;
/** From so many browsers on it is no longer one curious person. */
const SEVERAL = 3;
const OFTEN_DAYS = 4;

/** At most one of each a day, or a week: the tenth page of an afternoon is no news. */
export function visitEvents(name: string, visits: VisitsSoFar, at: Date): VisitEvent[] {
  const day = at.toISOString().slice(0, 10);
  const week = `week ${Math.floor(at.getTime() / (7 * DAY_MS))}`;
  const often = visits.days >= OFTEN_DAYS ? `, on ${visits.days} days within a month` : '';
  return [
    {
      interest: 'visit',
      period: day,
      strength: visits.days >= OFTEN_DAYS ? 0.5 : 0.3,
      summary: `Somebody at ${name} looked at ${visits.path}${often}`,
    },
    ...(visits.pricingToday === null
      ? []
      : [
          {
            interest: 'pricing' as const,
            period: day,
            strength: 0.6,
            summary: `Somebody at ${name} looked at prices (${visits.pricingToday})`,
          },
        ]),
    ...(visits.visitorsOfWeek < SEVERAL
      ? []
      : [
          {
            interest: 'several' as const,
            period: week,
            strength: 0.7,
            summary: `${visits.visitorsOfWeek} people at ${name} looked at the site within a week`,
          },
        ]),
  ];
}
