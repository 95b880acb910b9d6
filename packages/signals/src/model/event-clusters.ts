import { invariant } from '@penstock/kernel/invariant';

import type { SignalKind } from '../source-port.ts';
import { isOnRecord, type EventReport } from './event-report.ts';

export type Report = EventReport & {
  eventKey: string;
  strength: number;
  occurredAt: Date;
};

export type Cluster<R extends Report> = {
  reports: R[];
  /** The report that speaks for the event: from a public record, else the strongest, else the earliest. */
  lead: R;
  /** 0–1 */
  strength: number;
  occurredAt: Date;
};

const DAY_MS = 86_400_000;

/**
 * Days between two reports of one event at most. A Form D is due 15 days after the first sale and a WARN notice 60 days before the
 * lay-off; an acquisition is told when it is signed and again when it is completed.
 */
const WINDOW_DAYS: Partial<Record<SignalKind, number>> = {
  funding: 45,
  budget_cut: 60,
  acquisition: 60,
  expansion: 60,
  executive_hire: 45,
  leadership_change: 45,
};

export const windowMsOf = (kind: SignalKind): number => (WINDOW_DAYS[kind] ?? 30) * DAY_MS;

/**
 * Which reports tell of one event. All are of one account, kind and thing. Reports of origins that tell events apart stand for events,
 * two of one origin never for the same; the others go to the nearest event within the window, or stand together from the first on.
 * The result does not depend on the order of `reports`.
 */
export function clusterReports<R extends Report>(reports: readonly R[], windowMs: number): Cluster<R>[] {
  const inOrder = reports.toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.eventKey < b.eventKey ? -1 : 1),
  );
  const events: R[][] = [];
  const nearest = (report: R, among: readonly R[][]): R[] | undefined =>
    among
      .filter((event) => distance(event, report) <= windowMs)
      .toSorted((a, b) => distance(a, report) - distance(b, report))[0];
  for (const report of inOrder.filter((one) => one.tellsEventsApart)) {
    const others = events.filter((event) => event.every(({ origin }) => origin !== report.origin));
    const event = nearest(report, others);
    if (event) event.push(report);
    else events.push([report]);
  }
  const loose: R[][] = [];
  // Events are as told by those who tell them apart: what is retold changes neither their date nor where the next report goes.
  const told = events.map((event) => [...event]);
  for (const report of inOrder.filter((one) => !one.tellsEventsApart)) {
    const event = nearest(report, told);
    const known = event ? events[told.indexOf(event)] : nearest(report, loose);
    if (known) known.push(report);
    else loose.push([report]);
  }
  return [...events, ...loose].map(clusterOf);
}

const timeOf = (report: Report | undefined): number => report?.occurredAt.getTime() ?? 0;

/** From the first report of the event. */
const distance = (event: readonly Report[], report: Report): number =>
  Math.abs(timeOf(report) - timeOf(event[0]));

function clusterOf<R extends Report>(reports: R[]): Cluster<R> {
  const [first, ...others] = reports.toSorted(byWord);
  invariant(first, 'a cluster has a report');
  return {
    reports,
    lead: first,
    strength: jointStrength(reports),
    occurredAt: others.reduce((at, { occurredAt }) => (occurredAt < at ? occurredAt : at), first.occurredAt),
  };
}

const byWord = (a: Report, b: Report): number =>
  Number(isOnRecord(b.origin)) - Number(isOnRecord(a.origin)) ||
  b.strength - a.strength ||
  timeOf(a) - timeOf(b) ||
  (a.eventKey < b.eventKey ? -1 : 1);

/**
 * Strength of an event with several witnesses: the strongest counts whole, each further origin half, as if they erred independently:
 * `1 − (1 − s₁) · Π (1 − sᵢ / 2)`, rounded to a thousandth where there are several.
 */
function jointStrength(reports: readonly Report[]): number {
  const byOrigin = new Map<string, number>();
  for (const { origin, strength } of reports)
    byOrigin.set(origin, Math.max(strength, byOrigin.get(origin) ?? 0));
  const [strongest = 0, ...others] = [...byOrigin.values()].toSorted((a, b) => b - a);
  if (others.length === 0) return strongest;
  const doubt = others.reduce((left, strength) => left * (1 - strength / 2), 1 - strongest);
  return Math.round((1 - doubt) * 1_000) / 1_000;
}
