const HOUR_MS = 3_600_000;
const MORNING = 9;

/** When an item comes back; with no time, when something new happens at its account. */
export type Snooze = { until: Date | null; label: string };

/** What a rep would choose, from now; times that make no sense today are left out. */
export function snoozeChoices(now: Date): { value: Snooze; label: string }[] {
  const signal: Snooze = { until: null, label: 'Until something new happens' };
  return [...snoozeTimes(now).map(({ value, label }) => ({ until: value, label })), signal].map((value) => ({
    value,
    label: value.label,
  }));
}

function snoozeTimes(now: Date): { value: Date; label: string }[] {
  const afternoon = at(now, 0, 15);
  return [
    { value: new Date(now.getTime() + HOUR_MS), label: 'In an hour' },
    ...(afternoon.getTime() - now.getTime() > HOUR_MS
      ? [{ value: afternoon, label: 'This afternoon, 15:00' }]
      : []),
    { value: at(now, 1, MORNING), label: 'Tomorrow, 9:00' },
    // On a Sunday tomorrow says it already.
    ...(daysToMonday(now) > 1 ? [{ value: at(now, daysToMonday(now), MORNING), label: 'Monday, 9:00' }] : []),
    { value: at(now, 14, MORNING), label: 'In two weeks, 9:00' },
  ];
}

function daysToMonday(now: Date): number {
  return (8 - now.getDay()) % 7 || 7;
}

function at(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
