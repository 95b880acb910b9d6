const HOUR_MS = 3_600_000;
const MORNING = 9;

/** Times a rep would choose, from now; those that make no sense today are left out. */
export function snoozeTimes(now: Date): { value: Date; label: string }[] {
  const afternoon = at(now, 0, 15);
  return [
    { value: new Date(now.getTime() + HOUR_MS), label: 'In an hour' },
    ...(afternoon.getTime() - now.getTime() > HOUR_MS
      ? [{ value: afternoon, label: 'This afternoon, 15:00' }]
      : []),
    { value: at(now, 1, MORNING), label: 'Tomorrow, 9:00' },
    { value: at(now, daysToMonday(now), MORNING), label: 'Monday, 9:00' },
    { value: at(now, 14, MORNING), label: 'In two weeks' },
  ];
}

function daysToMonday(now: Date): number {
  return (8 - now.getDay()) % 7 || 7;
}

function at(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
