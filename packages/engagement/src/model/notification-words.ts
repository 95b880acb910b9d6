import { alertWords } from '@penstock/enrichment/model/alert-words';
import type { About, AlertKind, Figures } from '@penstock/enrichment/model/alerts';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import type { SignalKind } from '@penstock/signals/source-port';

import { NOTIFICATION_KINDS, type NotificationKind } from './notification-kinds.ts';

/** What is known of the subject of a notification when it is shown. */
export type Told = {
  kind: NotificationKind;
  subjectId: string;
  facts: Readonly<Record<string, string | number>>;
  accountName: string | null;
  signalKind: SignalKind | null;
  summary: string | null;
  departureSignalId: string | null;
  /** What was told is no longer so. */
  isOver: boolean;
  personName: string | null;
  alert: { kind: AlertKind; about: About; figures: Figures; name: string | null } | null;
};
export type Words = { title: string; detail: string; path: string };

export const labelOf = ({ kind, signalKind }: Pick<Told, 'kind' | 'signalKind'>): string =>
  kind === 'signal' && signalKind !== null ? SIGNAL_KINDS[signalKind].label : NOTIFICATION_KINDS[kind].label;

const UNNAMED = 'A champion of ours';
const lower = (who: string): string => (who === UNNAMED ? 'a champion of ours' : who);

/** In one line what happened, in another where; and where it is worked. `people` says whether persons may be named. */
export function wordsOf(told: Told, people: 'named' | 'unnamed' = 'named'): Words {
  switch (told.kind) {
    case 'signal':
      return {
        title: told.summary ?? 'A signal',
        detail: [told.signalKind === null ? null : SIGNAL_KINDS[told.signalKind].label, told.accountName]
          .filter((part) => part !== null)
          .join(' · '),
        path: `/signals/${told.subjectId}`,
      };
    case 'departure': {
      const place = told.accountName ?? 'an account';
      const who = people === 'named' && told.personName !== null ? told.personName : UNNAMED;
      return {
        title: told.isOver ? `It is not so that ${lower(who)} has left ${place}` : `${who} has left ${place}`,
        detail: told.isOver
          ? 'Taken back: the address may be used again'
          : 'The old address is not written to any more; see who may take over',
        path:
          told.departureSignalId === null ? '/signals?view=departures' : `/signals/${told.departureSignalId}`,
      };
    }
    case 'service_level':
      return {
        title: `${told.accountName ?? 'Somebody'} has waited for more than ${durationOf(Number(told.facts['minutes'] ?? 0))}`,
        detail: `Queue “${String(told.facts['queue'] ?? '')}”`,
        path: `/queue/${told.subjectId}`,
      };
    case 'alert':
      return alertIn(told.alert);
  }
}

function alertIn(alert: Told['alert']): Words {
  const words = alert ? alertWords(alert, vendorName(alert.about['provider'] ?? '')) : null;
  return {
    title: words?.what ?? 'An alert that is gone',
    detail: words?.remedy ?? '',
    path: '/enrichment/alerts',
  };
}

/** `people-data-labs` as people write it. */
const vendorName = (id: string): string =>
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

const HOUR = 60;
const DAY = 24 * HOUR;
const durationOf = (minutes: number): string => {
  if (minutes >= 2 * DAY) return `${Math.round(minutes / DAY)} days`;
  if (minutes >= 2 * HOUR) return `${Math.round(minutes / HOUR)} h`;
  return `${minutes} min`;
};
