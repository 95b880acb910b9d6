/** New York's calendar day (`YYYY-MM-DD`) at an instant: EDGAR's days are New York's. */
export function newYorkDay(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' }).format(at);
}

const ONE_DAY_MS = 86_400_000;

const atNoon = (day: string): Date => new Date(`${day}T12:00:00Z`);
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

export const previousDay = (day: string): string => dayOf(new Date(atNoon(day).getTime() - ONE_DAY_MS));

/** Days between `after` and `before`, both excluded, on which EDGAR takes filings; at most `limit`, oldest first. */
export function filingDaysBetween(after: string, before: string, limit: number): string[] {
  const days: string[] = [];
  for (
    let at = atNoon(after).getTime() + ONE_DAY_MS;
    dayOf(new Date(at)) < before && days.length < limit;
    at += ONE_DAY_MS
  ) {
    const day = dayOf(new Date(at));
    if (isFilingDay(day)) days.push(day);
  }
  return days;
}

/** Monday to Friday without US federal holidays (5 U.S.C. 6103); EDGAR publishes no index on the others. */
export function isFilingDay(day: string): boolean {
  const at = atNoon(day);
  const weekday = at.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isFederalHoliday(at);
}

/** Month and day; on a Sunday they are kept on Monday, on a Saturday on Friday. */
const FIXED: ReadonlySet<string> = new Set(['01-01', '06-19', '07-04', '11-11', '12-25']);

function isFederalHoliday(at: Date): boolean {
  const near = [at];
  if (at.getUTCDay() === 1) near.push(new Date(at.getTime() - ONE_DAY_MS));
  if (at.getUTCDay() === 5) near.push(new Date(at.getTime() + ONE_DAY_MS));
  return near.some((day) => FIXED.has(dayOf(day).slice(5))) || isMovableHoliday(at);
}

/** January 3rd Monday, February 3rd, May last, September 1st, October 2nd; November 4th Thursday. */
function isMovableHoliday(at: Date): boolean {
  const month = at.getUTCMonth() + 1;
  const date = at.getUTCDate();
  const nth = Math.ceil(date / 7);
  if (month === 11) return at.getUTCDay() === 4 && nth === 4;
  if (at.getUTCDay() !== 1) return false;
  if (month === 5) return date > 24;
  const mondays: Partial<Record<number, number>> = { 1: 3, 2: 3, 9: 1, 10: 2 };
  return mondays[month] === nth;
}
