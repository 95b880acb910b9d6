import { NOTIFICATION_KINDS, type NotificationKind } from './notification-kinds.ts';
import type { Quiet } from './quiet-hours.ts';

export type Channel = 'console' | 'mail' | 'slack';

/** How one member wants to be told. */
export type Preferences = {
  kinds: Record<NotificationKind, Record<Channel, boolean>>;
  /** Of a signal, 0–1. */
  leastStrength: number;
  mail: 'off' | 'hourly' | 'daily';
  /** Local hour of the daily mail. */
  mailHour: number;
  /** Whom to write to in Slack, as Slack names them (`U0123`, `C0123`, `#sales`); empty: nobody. */
  slackChannel: string;
  quiet: Quiet;
};

const everywhere = () => ({ console: true, mail: true, slack: true });

/** Of somebody who has chosen nothing: all in the console, nothing outside it. */
export const DEFAULT_PREFERENCES: Preferences = {
  kinds: { signal: everywhere(), departure: everywhere(), service_level: everywhere(), alert: everywhere() },
  leastStrength: 0.5,
  mail: 'off',
  mailHour: 8,
  slackChannel: '',
  quiet: { from: 20 * 60, to: 8 * 60, weekends: true },
};

/** By which ways a member is told of something; none of them: not at all. */
export function waysOf(
  preferences: Preferences,
  { kind, strength }: { kind: NotificationKind; strength: number },
  { slackIsThere, hookIsThere }: { slackIsThere: boolean; hookIsThere: boolean },
): Record<Channel, boolean> {
  const wanted = preferences.kinds[kind];
  const isStrong = kind !== 'signal' || strength >= preferences.leastStrength;
  return {
    console: isStrong && wanted.console,
    mail: isStrong && wanted.mail && preferences.mail !== 'off',
    slack: isStrong && wanted.slack && (hookIsThere || (preferences.slackChannel !== '' && slackIsThere)),
  };
}

export const KINDS_TOLD = Object.keys(NOTIFICATION_KINDS).filter(
  (name): name is NotificationKind => name in NOTIFICATION_KINDS,
);
