import { z } from 'zod';

import { DEFAULT_PREFERENCES, type Preferences } from '../model/notification-preferences.ts';

const Ways = z.strictObject({ console: z.boolean(), mail: z.boolean(), slack: z.boolean() });
const QUARTER = 15;
const DAY_MINUTES = 24 * 60;
const Minutes = z
  .int()
  .min(0)
  .max(DAY_MINUTES - 1)
  .refine((minutes) => minutes % QUARTER === 0, 'is not a quarter of an hour')
  .nullable();

export const NotificationPreferences = z.strictObject({
  kinds: z.strictObject({ signal: Ways, departure: Ways, service_level: Ways, alert: Ways }),
  /** Of a signal, 0–1. */
  leastStrength: z.number().min(0).max(1),
  mail: z.enum(['off', 'hourly', 'daily']),
  /** Hour of the member's own clock. */
  mailHour: z.int().min(0).max(23),
  slackChannel: z
    .string()
    .trim()
    .max(80)
    .regex(
      /^([CDGUW][A-Z0-9]{2,30}|#[a-z0-9_-]{1,79})?$/,
      'is no id of Slack (U0123ABC, C0123ABC) and no #channel',
    ),
  quiet: z
    .strictObject({ from: Minutes, to: Minutes, weekends: z.boolean() })
    .refine(({ from, to }) => (from === null) === (to === null), 'has a beginning or an end only'),
});

/** What a member has chosen; what an older release kept and this one can't read is as if nothing had been. */
export function preferencesOf(body: unknown): Preferences {
  const parsed = NotificationPreferences.safeParse(body);
  return parsed.success ? parsed.data : DEFAULT_PREFERENCES;
}
