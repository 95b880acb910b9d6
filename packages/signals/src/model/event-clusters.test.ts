import fc from 'fast-check';
import { expect, it } from 'vitest';

import { clusterReports, type Report } from './event-clusters.ts';

const DAY_MS = 86_400_000;
const WINDOW_MS = 45 * DAY_MS;
const report = (eventKey: string, day: number, origin: string, strength = 0.5): Report => ({
  eventKey,
  about: 'round',
  origin,
  tellsEventsApart: origin !== 'press',
  strength,
  occurredAt: new Date(Date.UTC(2026, 0, 1) + day * DAY_MS),
});
const keys = (reports: readonly Report[]) =>
  clusterReports(reports, WINDOW_MS).map((cluster) => cluster.reports.map(({ eventKey }) => eventKey));

it('a press article, a filing and a board that tell of one thing are one event, and the filing leads', () => {
  const [event, ...others] = clusterReports(
    [report('p', 0, 'press', 0.9), report('d', 10, 'sec-edgar', 0.6), report('b', 20, 'greenhouse', 0.4)],
    WINDOW_MS,
  );
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    lead: { eventKey: 'd' },
    strength: 0.944,
    occurredAt: new Date(Date.UTC(2026, 0, 1)),
  });
});

it('two filings of one origin are two events; an article goes to the nearer one', () => {
  expect(
    keys([report('d1', 0, 'sec-edgar'), report('d2', 30, 'sec-edgar'), report('p', 25, 'press')]),
  ).toEqual([['d1'], ['d2', 'p']]);
});

it('two articles are one witness, however many there are', () => {
  const [event] = clusterReports(
    Array.from({ length: 9 }, (_, at) => report(`p${at}`, at, 'press', 0.4)),
    WINDOW_MS,
  );
  expect(event).toMatchObject({ strength: 0.4, lead: { eventKey: 'p0' } });
});

it('what is told long after is another event', () => {
  expect(keys([report('p', 0, 'press'), report('q', 46, 'press'), report('d', 200, 'sec-edgar')])).toEqual([
    ['d'],
    ['p'],
    ['q'],
  ]);
});

const reports = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: 300 }),
      origin: fc.constantFrom('press', 'sec-edgar', 'greenhouse', 'webhook:1'),
      strength: fc.double({ min: 0.01, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((made) => made.map(({ day, origin, strength }, at) => report(`k${at}`, day, origin, strength)));

it('the order of reports changes nothing; each is in one event; none grows beyond 1 or below its strongest', () => {
  fc.assert(
    fc.property(
      reports.chain((made) =>
        fc.tuple(
          fc.constant(made),
          fc.shuffledSubarray(made, { minLength: made.length, maxLength: made.length }),
        ),
      ),
      ([made, shuffled]) => {
        const clusters = clusterReports(made, WINDOW_MS);
        expect(clusterReports(shuffled, WINDOW_MS)).toEqual(clusters);
        expect(clusters.flatMap((cluster) => cluster.reports).toSorted(byKey)).toEqual(made.toSorted(byKey));
        for (const { reports: told, strength } of clusters) {
          expect(strength).toBeLessThanOrEqual(1);
          expect(strength).toBeGreaterThanOrEqual(Math.max(...told.map((one) => one.strength)) - 0.001);
          const apart = told.filter((one) => one.tellsEventsApart).map(({ origin }) => origin);
          expect(new Set(apart).size).toBe(apart.length);
        }
      },
    ),
  );
});

const byKey = (a: Report, b: Report): number => (a.eventKey < b.eventKey ? -1 : 1);
