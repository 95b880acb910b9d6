/** What other programs may be told of; payloads hold ids and names of fields, nothing of persons. */
export const EVENTS_TOLD = [
  'queue.item.entered',
  'queue.item.changed',
  'signal.recorded',
  'lead.received',
  'lead.changed',
  'deal.changed',
  'account.changed',
  'source.changed',
  'alert.opened',
  'alert.closed',
] as const;
