const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2025-03`, `2025-03-14`, `Mar 2025` or `March 2025` as an ISO date, the first where a part is left out; null for anything else. */
export function dateOf(text: string | null | undefined): string | null {
  const said = (text ?? '').trim();
  const iso = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(said);
  if (iso) return isoDate(Number(iso[1]), Number(iso[2] ?? 1), Number(iso[3] ?? 1));
  const named = /^([a-z]{3})[a-z]*\.? (\d{4})$/i.exec(said);
  if (!named) return null;
  const month = MONTHS.indexOf(named[1]?.toLowerCase() ?? '');
  return month === -1 ? null : isoDate(Number(named[2]), month + 1, 1);
}

function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1950;
  return isReal ? date.toISOString().slice(0, 10) : null;
}

/** `2026-11-30`, with or without a time, as a moment in UTC where no zone is given; null for anything else. */
export function instantOf(text: string | null | undefined): string | null {
  const said = (text ?? '').trim();
  if (!/^\d{4}-\d{2}-\d{2}/.test(said)) return null;
  const zoned = /(?:z|[+-]\d{2}:?\d{2})$/i.test(said.slice(10))
    ? said
    : `${said}${said.length === 10 ? 'T00:00:00' : ''}Z`;
  const at = new Date(zoned.replace(' ', 'T'));
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1990 ? null : at.toISOString();
}
