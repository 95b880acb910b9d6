import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import type { DealOrder, LeadFilter, ListRecordFilter, QueueFilter, SignalKind } from '../api/procedures.ts';

// Safe: the record has every kind as a key.
const SIGNAL_KIND_NAMES = Object.keys(SIGNAL_KINDS) as SignalKind[];

type Raw = Record<string, unknown>;

/*
 * What a page keeps in its address, so that a link is a view. Unknown values become `undefined`, spelled out:
 * the router lays what is returned over what stood in the address, so a key left out would keep its raw value.
 */

export function queueSearch(raw: Raw): {
  filter?: QueueFilter | undefined;
  queue?: string | undefined;
  q?: string | undefined;
} {
  const filters = ['mine', 'team', 'all', 'inbound', 'unclaimed', 'test'] as const;
  return { filter: oneOf(raw['filter'], filters), queue: text(raw['queue']), q: text(raw['q']) };
}

export function notificationsSearch(raw: Raw): {
  show?: 'unread' | undefined;
  kind?: 'signal' | 'departure' | 'service_level' | 'alert' | undefined;
} {
  return {
    show: oneOf(raw['show'], ['unread']),
    kind: oneOf(raw['kind'], ['signal', 'departure', 'service_level', 'alert']),
  };
}

export function leadsSearch(raw: Raw): { filter?: LeadFilter | undefined } {
  return { filter: oneOf(raw['filter'], ['all', 'mine', 'unclaimed']) };
}

export type AccountStateFilter = 'active' | 'proposed' | 'dismissed' | 'merged';

export function accountsSearch(raw: Raw): { q?: string | undefined; state?: AccountStateFilter | undefined } {
  return { q: text(raw['q']), state: oneOf(raw['state'], ['active', 'proposed', 'dismissed', 'merged']) };
}

export function listSearch(raw: Raw): { show?: 'week' | 'history' | undefined; q?: string | undefined } {
  return { show: oneOf(raw['show'], ['week', 'history']), q: text(raw['q']) };
}

export function duplicatesSearch(raw: Raw): { kind?: 'person' | 'account' | undefined } {
  return { kind: oneOf(raw['kind'], ['person', 'account']) };
}

export function listRunSearch(raw: Raw): {
  filter?: ListRecordFilter | undefined;
  person?: string | undefined;
} {
  return {
    filter: oneOf(raw['filter'], ['all', 'usable', 'not_usable', 'open']),
    person: text(raw['person']),
  };
}

export function scoresSearch(raw: Raw): {
  by?: 'all' | 'position' | 'country' | 'size' | 'seniority' | undefined;
  days?: number | undefined;
  version?: string | undefined;
  against?: string | undefined;
} {
  const days = Number(raw['days']);
  return {
    by: oneOf(raw['by'], ['all', 'position', 'country', 'size', 'seniority']),
    days: [7, 30, 90, 365].includes(days) ? days : undefined,
    version: identifier(raw['version']),
    against: identifier(raw['against']),
  };
}

export function importSearch(raw: Raw): { list?: string | undefined } {
  return { list: identifier(raw['list']) };
}

export type SignalsView = 'all' | 'mine' | 'opportunity' | 'risk' | 'review' | 'departures';

export function signalsSearch(raw: Raw): {
  view?: SignalsView | undefined;
  kind?: SignalKind | undefined;
  min?: string | undefined;
  owner?: string | undefined;
  /** `list:<id>`, `size:50-199` or `country:DE`. */
  segment?: string | undefined;
} {
  return {
    view: oneOf(raw['view'], ['all', 'mine', 'opportunity', 'risk', 'review', 'departures']),
    kind: oneOf(raw['kind'], SIGNAL_KIND_NAMES),
    min: oneOf(text(raw['min']), ['0.5', '0.7']),
    owner: text(raw['owner']),
    segment: text(raw['segment']),
  };
}

export type PipelineShow = 'risk' | 'reactivating';
export type PipelineView = {
  show?: PipelineShow | undefined;
  order?: DealOrder | undefined;
  direction?: 'asc' | 'desc' | undefined;
  stage?: string | undefined;
  owner?: string | undefined;
  q?: string | undefined;
};

export function pipelineSearch(raw: Raw): PipelineView {
  return {
    show: oneOf(raw['show'], ['risk', 'reactivating']),
    order: oneOf(raw['order'], ['signal', 'value', 'stage', 'age', 'risk']),
    direction: oneOf(raw['direction'], ['asc', 'desc']),
    stage: text(raw['stage']),
    owner: text(raw['owner']),
    q: text(raw['q']),
  };
}

export function outboxSearch(raw: Raw): {
  tab?: 'received' | 'sent' | 'unmatched' | undefined;
  mail?: string | undefined;
} {
  return { tab: oneOf(raw['tab'], ['received', 'sent', 'unmatched']), mail: text(raw['mail']) };
}

/** Part of a page of settings that has several. */
export function settingsSearch(raw: Raw): { part?: 'news' | 'tools' | undefined } {
  return { part: oneOf(raw['part'], ['news', 'tools']) };
}

/** Only places of our own: an address from outside must not be followed after signing in. */
export function nextSearch(raw: Raw): { next?: string | undefined } {
  const next = text(raw['next']);
  return { next: next !== undefined && /^\/(?![/\\])/.test(next) ? next : undefined };
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<const Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined {
  return allowed.find((candidate) => candidate === value);
}

/** An id; anything else would only be refused by the gateway. */
function identifier(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
    ? value
    : undefined;
}
