import type { DealOrder, LeadFilter, QueueFilter } from '../api/procedures.ts';

type Raw = Record<string, unknown>;

/** What a page keeps in its address, so that a link is a view. Unknown values fall back to the default. */
export function queueSearch(raw: Raw): { filter?: QueueFilter; q?: string } {
  return {
    ...optional('filter', oneOf(raw['filter'], ['mine', 'team', 'all', 'inbound', 'unclaimed'])),
    ...optional('q', text(raw['q'])),
  };
}

export function leadsSearch(raw: Raw): { filter?: LeadFilter } {
  return optional('filter', oneOf(raw['filter'], ['all', 'mine', 'unclaimed']));
}

export type AccountStateFilter = 'active' | 'proposed' | 'dismissed' | 'merged';

export function accountsSearch(raw: Raw): { q?: string; state?: AccountStateFilter } {
  return {
    ...optional('q', text(raw['q'])),
    ...optional('state', oneOf(raw['state'], ['active', 'proposed', 'dismissed', 'merged'])),
  };
}

export function pipelineSearch(raw: Raw): {
  order?: DealOrder;
  direction?: 'asc' | 'desc';
  stage?: string;
  owner?: string;
  q?: string;
} {
  return {
    ...optional('order', oneOf(raw['order'], ['signal', 'value', 'stage', 'age'])),
    ...optional('direction', oneOf(raw['direction'], ['asc', 'desc'])),
    ...optional('stage', text(raw['stage'])),
    ...optional('owner', text(raw['owner'])),
    ...optional('q', text(raw['q'])),
  };
}

export function outboxSearch(raw: Raw): { tab?: 'received' | 'sent'; mail?: string } {
  return {
    ...optional('tab', oneOf(raw['tab'], ['received', 'sent'])),
    ...optional('mail', text(raw['mail'])),
  };
}

/** Only places of our own: an address from outside must not be followed after signing in. */
export function nextSearch(raw: Raw): { next?: string } {
  const next = text(raw['next']);
  return next !== undefined && /^\/(?![/\\])/.test(next) ? { next } : {};
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<const Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined {
  return allowed.find((candidate) => candidate === value);
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  // Safe: a one-key object whose key is `key`; TypeScript widens computed keys to `string`.
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
