import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import * as sql from './dns-statements.ts';
import { nextInterval } from './model/board-changes.ts';
import {
  compareLook,
  linesOf,
  showsSameTools,
  TOOL_NAMES,
  type DnsNews,
  type RecordType,
} from './model/dns-marks.ts';
import { nextDay } from './model/source-day.ts';
import { eventReportOf } from './model/event-report.ts';
import { SIGNAL_KINDS } from './model/signal-kind.ts';
import { recordSignals, type NewSignal } from './record-signals.ts';
import type { ScoringPort } from './scoring-port.ts';
import { SourceError } from './source-port.ts';
import { contentHash } from './take-finding.ts';
import { watchRules } from './watch-rules-document.ts';

export const DNS_SOURCE = 'dns';

export type PollDnsDeps = {
  store: Store;
  clock: Clock;
  scoring: ScoringPort;
  /** Records of a name; empty where there are none. Throws where nobody answers. */
  resolve: (name: string, type: RecordType) => Promise<string[]>;
  /** Seconds between looks at a domain that neither changes nor rests. */
  cadenceSeconds: number;
};
export type DnsReport = { looked: number; signals: number; failed: number };

const DOMAINS_PER_POLL = 40;
const NEW_PER_POLL = 200;
const AGAIN_MS = 1_000;
const IDLE_MS = 60_000;
const MAX_BACKOFF_SECONDS = 86_400;
/** A look that shows other tools is repeated after this part of the cadence: an hour of a day. */
const SOONER = 24;

/**
 * Looks at the DNS records of the accounts that are due, a few at a time. What is there at the first look is the baseline; a look that
 * fails, or that finds nothing where there was something, changes nothing.
 */
export async function pollDns(
  deps: PollDnsDeps,
  watch: { workspaceId: string; watchId: string },
): Promise<DnsReport> {
  const { store, clock } = deps;
  const now = clock.now();
  const due = await store.inWorkspace(watch.workspaceId, async (tx) => {
    await tx.rows(sql.addDnsStates, now, deps.cadenceSeconds, NEW_PER_POLL);
    return tx.rows(sql.dueDnsStates, now, DOMAINS_PER_POLL);
  });
  const report: DnsReport = { looked: 0, signals: 0, failed: 0 };
  let goesOnAt: Date | null = null;
  for (const state of due) {
    try {
      report.signals += await lookAt(deps, watch.workspaceId, state);
      report.looked += 1;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.fault === 'day_limit') {
        goesOnAt = nextDay(clock.now());
        break;
      }
      report.failed += 1;
      await postpone(deps, watch.workspaceId, state);
    }
  }
  await store.inWorkspace(watch.workspaceId, async (tx) => {
    const at = clock.now();
    const { due: left } = await one(tx, sql.dnsLag, at);
    const fault =
      report.failed > 0 && report.looked === 0 ? `unreachable: no answer for ${report.failed} domains` : '';
    await tx.rows(
      sql.dnsWatchDone,
      watch.watchId,
      at,
      goesOnAt ?? new Date(at.getTime() + (left > 0 ? AGAIN_MS : IDLE_MS)),
      fault,
      report.looked + report.failed,
    );
  });
  return report;
}

async function lookAt(deps: PollDnsDeps, workspaceId: string, state: sql.DnsStateRow): Promise<number> {
  const lines = await readLines(deps, state.domain);
  if (lines.length === 0 && state.standing.length > 0)
    throw new SourceError(DNS_SOURCE, 'empty', `${state.domain} shows no records any more`);
  return deps.store.inWorkspace(workspaceId, async (tx) => {
    const locked = await maybeOne(tx, sql.lockDnsState, state.accountId);
    if (!locked) return 0;
    const now = deps.clock.now();
    const { competitors } = await watchRules(tx);
    const isFirst = locked.baselineAt === null;
    const isConfirmed = locked.wasSeen && showsSameTools(lines, locked.lastLook, competitors);
    const { news, memory } = isFirst
      ? { news: [], memory: { standing: isConfirmed ? lines : [], lastLook: lines } }
      : compareLook(locked, lines, competitors);
    const changed = lines.join('\n') !== locked.lastLook.join('\n');
    const seconds = isFirst
      ? deps.cadenceSeconds
      : nextInterval(state.intervalSeconds, changed, deps.cadenceSeconds);
    const recorded = await recordNews(tx, state, news, lines, now, deps.scoring);
    // What one look showed counts once the next shows it, which is soon.
    const pause = isConfirmed ? seconds : Math.max(1, Math.round(deps.cadenceSeconds / SOONER));
    await tx.rows(
      sql.dnsLooked,
      state.accountId,
      memory.standing,
      memory.lastLook,
      now,
      seconds,
      new Date(now.getTime() + pause * 1_000),
      isFirst && !isConfirmed,
    );
    return recorded;
  });
}

async function readLines(deps: PollDnsDeps, domain: string): Promise<string[]> {
  const asked: { type: RecordType; name: string; at: string }[] = [
    { type: 'TXT', name: '@', at: domain },
    { type: 'MX', name: '@', at: domain },
    ...TOOL_NAMES.map((name) => ({ type: 'CNAME' as const, name, at: `${name}.${domain}` })),
  ];
  const answers = [];
  // One after the other: nobody's name server is asked ten things at once.
  for (const { type, name, at } of asked) answers.push({ type, name, records: await deps.resolve(at, type) });
  return linesOf(answers);
}

async function postpone(deps: PollDnsDeps, workspaceId: string, state: sql.DnsStateRow): Promise<void> {
  const seconds = Math.min(MAX_BACKOFF_SECONDS, deps.cadenceSeconds * 2 ** Math.min(8, state.failures));
  const dueAt = new Date(deps.clock.now().getTime() + seconds * 1_000);
  await deps.store.inWorkspace(workspaceId, (tx) => tx.rows(sql.dnsFailed, state.accountId, dueAt));
}

async function recordNews(
  tx: Tx,
  state: sql.DnsStateRow,
  news: readonly DnsNews[],
  lines: readonly string[],
  now: Date,
  scoring: ScoringPort,
): Promise<number> {
  const hash = contentHash(lines.join('\n'));
  const signals = news.map((one): NewSignal => {
    const kind = one.competes && one.change === 'adopted' ? 'competitive_install' : 'technology_adoption';
    const type = one.line.split(' ')[0]?.toUpperCase() ?? 'TXT';
    const facts = { tool: one.tool, change: one.change, competes: one.competes, record: type };
    return {
      accountId: state.accountId,
      kind,
      eventKey: `dns/${state.domain}/${one.tool.toLowerCase()}/${one.change}/${now.toISOString().slice(0, 10)}`,
      strength: one.competes
        ? SIGNAL_KINDS.competitive_install.defaultStrength
        : SIGNAL_KINDS[kind].defaultStrength,
      summary: summaryOf(state.accountName, one),
      facts,
      report: eventReportOf(DNS_SOURCE, kind, facts),
      source: DNS_SOURCE,
      isTest: false,
      occurredAt: now,
      evidence: {
        url: `https://dns.google/resolve?name=${encodeURIComponent(state.domain)}&type=${type}`,
        quote: one.line,
        quoteStart: 0,
        contentHash: hash,
        fetchedAt: now,
      },
    };
  });
  return (await recordSignals(tx, signals, now, scoring)).length;
}

function summaryOf(account: string, { tool, change, competes }: DnsNews): string {
  if (change === 'adopted')
    return competes
      ? `${account} has installed ${tool}, which competes with us.`
      : `${account} has begun to use ${tool}.`;
  return competes
    ? `${account} has given up ${tool}, which competes with us.`
    : `${account} no longer uses ${tool}.`;
}
