/** What the clock says where somebody is, from country and region; where a country has several zones, the range. */

export type Place = { country: string | null; region: string | null };
export type LocalTime = {
  /** Zones in which they may be, each with another clock now. */
  zones: string[];
  /** `Mon 09:14`, of the zone that is furthest behind, and of the one furthest ahead; equal where it is sure. */
  from: string;
  to: string;
  /** Whether it is working time in each of the zones: Monday to Friday, 8:00 to 18:00. */
  working: boolean;
  /** When working time begins in all of them, if it is not now; else null. */
  worksAgainAt: Date | null;
};

const US: readonly [string, string][] = [
  ['America/New_York', 'CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV'],
  ['America/Chicago', 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI'],
  ['America/Denver', 'CO ID MT NM UT WY'],
  ['America/Phoenix', 'AZ'],
  ['America/Los_Angeles', 'CA NV OR WA'],
  ['America/Anchorage', 'AK'],
  ['Pacific/Honolulu', 'HI'],
];
const CA: readonly [string, string][] = [
  ['America/St_Johns', 'NL'],
  ['America/Halifax', 'NB NS PE'],
  ['America/Toronto', 'ON QC'],
  ['America/Winnipeg', 'MB'],
  ['America/Regina', 'SK'],
  ['America/Edmonton', 'AB NT'],
  ['America/Vancouver', 'BC YT'],
];
const BY_REGION: Record<string, ReadonlyMap<string, string>> = { US: regions(US), CA: regions(CA) };
const BY_COUNTRY: Record<string, readonly string[]> = {
  US: ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'],
  CA: ['America/Halifax', 'America/Toronto', 'America/Winnipeg', 'America/Edmonton', 'America/Vancouver'],
  AU: ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Perth'],
  BR: ['America/Sao_Paulo', 'America/Manaus'],
  MX: ['America/Mexico_City', 'America/Tijuana'],
  AT: ['Europe/Vienna'],
  BE: ['Europe/Brussels'],
  CH: ['Europe/Zurich'],
  CZ: ['Europe/Prague'],
  DE: ['Europe/Berlin'],
  DK: ['Europe/Copenhagen'],
  ES: ['Europe/Madrid'],
  FI: ['Europe/Helsinki'],
  FR: ['Europe/Paris'],
  GB: ['Europe/London'],
  IE: ['Europe/Dublin'],
  IL: ['Asia/Jerusalem'],
  IN: ['Asia/Kolkata'],
  IT: ['Europe/Rome'],
  JP: ['Asia/Tokyo'],
  NL: ['Europe/Amsterdam'],
  NO: ['Europe/Oslo'],
  NZ: ['Pacific/Auckland'],
  PL: ['Europe/Warsaw'],
  PT: ['Europe/Lisbon'],
  SE: ['Europe/Stockholm'],
  SG: ['Asia/Singapore'],
  ZA: ['Africa/Johannesburg'],
};

function regions(zones: readonly [string, string][]): ReadonlyMap<string, string> {
  return new Map(zones.flatMap(([zone, codes]) => codes.split(' ').map((code) => [code, zone] as const)));
}

/** Zones in which a place may lie; none where the country is unknown to this table. */
export function zonesOf({ country, region }: Place): readonly string[] {
  const code = country?.toUpperCase() ?? '';
  const exact = BY_REGION[code]?.get(region?.toUpperCase() ?? '');
  return exact === undefined ? (BY_COUNTRY[code] ?? []) : [exact];
}

const OPENS = 8;
const CLOSES = 18;
const QUARTER_MS = 15 * 60_000;
const WEEK_QUARTERS = 7 * 24 * 4;

export type LocalClock = { weekday: string; hour: number; text: string; minutes: number };

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clock says in a zone; `minutes` since midnight. */
export function clockIn(zone: string, at: Date): LocalClock {
  let format = clocks.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(zone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  const hour = Number(part('hour'));
  return {
    weekday: part('weekday'),
    hour,
    text: `${part('weekday')} ${part('hour')}:${part('minute')}`,
    minutes: hour * 60 + Number(part('minute')),
  };
}

const isWorking = ({ weekday, hour }: LocalClock): boolean =>
  weekday !== 'Sat' && weekday !== 'Sun' && hour >= OPENS && hour < CLOSES;

/** The clock at a place; null where the country is not known. */
export function localTime(place: Place, at: Date): LocalTime | null {
  const zones = zonesOf(place)
    .map((zone) => ({ zone, ahead: offsetMinutes(zone, at) }))
    .toSorted((a, b) => a.ahead - b.ahead)
    .filter(({ ahead }, index, all) => index === 0 || all[index - 1]?.ahead !== ahead)
    .map(({ zone }) => zone);
  const [first] = zones;
  const last = zones.at(-1);
  if (first === undefined || last === undefined) return null;
  const works = (moment: Date) => zones.every((zone) => isWorking(clockIn(zone, moment)));
  const working = works(at);
  return {
    zones,
    from: clockIn(first, at).text,
    to: clockIn(last, at).text,
    working,
    worksAgainAt: working ? null : nextQuarter(at, works),
  };
}

/** Minutes by which a zone is ahead of UTC at a moment. */
function offsetMinutes(zone: string, at: Date): number {
  const there = clockIn(zone, at).minutes;
  const utc = at.getUTCHours() * 60 + at.getUTCMinutes();
  const difference = (there - utc + 2 * 1_440) % 1_440;
  return difference > 840 ? difference - 1_440 : difference;
}

function nextQuarter(at: Date, fits: (moment: Date) => boolean): Date | null {
  const start = Math.ceil(at.getTime() / QUARTER_MS) * QUARTER_MS;
  for (let step = 0; step < WEEK_QUARTERS; step += 1) {
    const moment = new Date(start + step * QUARTER_MS);
    if (fits(moment)) return moment;
  }
  return null;
}

/** The last moment of the day that a moment lies in, in a zone; also where clocks change that night. */
export function endOfLocalDay(zone: string, at: Date): Date {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const today = format.format(at);
  let low = at.getTime();
  let high = low + 26 * 3_600_000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (format.format(new Date(middle)) === today) low = middle;
    else high = middle;
  }
  return new Date(low);
}
