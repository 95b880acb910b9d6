import type { Permission } from '@penstock/workspace/model/role';

export type NotificationKind = 'signal' | 'departure' | 'service_level' | 'alert';

/** What people are told of, and who may be. */
export const NOTIFICATION_KINDS: Readonly<
  Record<NotificationKind, { label: string; about: string; needs: Permission }>
> = {
  signal: {
    label: 'Signals',
    about: 'Something happened at an account that you own, sell to or have taken up.',
    needs: 'signal.read',
  },
  departure: {
    label: 'Champions who left',
    about: 'It is certain that a champion has left one of your accounts.',
    needs: 'account.read',
  },
  service_level: {
    label: 'Missed service levels',
    about: 'Somebody waits for longer than the queue allows: yours, or your team’s.',
    needs: 'queue.read',
  },
  alert: {
    label: 'Alerts about money',
    about: 'A balance runs low, a provider answers badly, a budget is nearly used up.',
    needs: 'enrichment.run',
  },
};

export const isNotificationKind = (name: string): name is NotificationKind =>
  Object.hasOwn(NOTIFICATION_KINDS, name);
