/** How companies' own sites are looked at, by kind of workspace: the sandbox has no millions of them, and a few a day show how it goes. */
export const SITE_PACE = {
  sandbox: { cadenceDays: 1, sitesADay: 24, sitesPerLook: 1, pauseMs: 20_000 },
  real: { cadenceDays: 90, sitesADay: 2_000, sitesPerLook: 3, pauseMs: 1_000 },
} as const;

const DAY_MS = 86_400_000;

/** When the last of the sites that wait for their first look has had it; null where none waits. */
export function firstLooksEndAt(waiting: number, kind: keyof typeof SITE_PACE, now: Date): Date | null {
  if (waiting === 0) return null;
  return new Date(now.getTime() + Math.ceil(waiting / SITE_PACE[kind].sitesADay) * DAY_MS);
}
