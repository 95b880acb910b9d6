import { isOfTeam, judgeOpening, type JobRule, type WatchRules } from './watch-rules.ts';

/** An opening as it was seen before. */
export type KnownOpening = {
  key: string;
  title: string;
  department: string | null;
  countries: readonly string[];
  firstSeenAt: Date;
  isBaseline: boolean;
  missingSince: Date | null;
  goneAt: Date | null;
};

export type SeenOpening = {
  key: string;
  title: string;
  department: string | null;
  team: string | null;
  countries: readonly string[];
  isGeneral: boolean;
};

export type BoardNews =
  | { kind: 'hiring'; opening: SeenOpening; rule: JobRule }
  | { kind: 'hiring_growth'; team: string; now: number; before: number }
  | { kind: 'expansion'; into: 'country' | 'department'; name: string; opening: SeenOpening }
  | { kind: 'hiring_freeze'; vanished: number; before: number };

export type BoardChanges = {
  fresh: SeenOpening[];
  /** Shown again after they were missing or gone. */
  back: string[];
  /** Not shown by this whole look; gone if the next one does not show them either. */
  missing: string[];
  /** Not shown by two whole looks in a row. */
  gone: string[];
  news: BoardNews[];
};

const DAY_MS = 86_400_000;
/** A team grew if it has three openings more, and a third more, than four weeks before. */
const GROWTH_DAYS = 28;
const GROWTH_MIN_MORE = 3;
const GROWTH_MIN_RATIO = 4 / 3;
/** Openings vanish together if at least five and at least six in ten of the board go at once. */
const FREEZE_MIN = 5;
const FREEZE_MIN_SHARE = 0.6;
/** Before a board was watched this long, a new country or department may only be new to us. */
const SETTLED_DAYS = 1;

/**
 * Compares a look at a board with what was known. At first sight (`baselineAt` null) everything is the baseline. From a look that
 * is not whole (`isWhole` false: pages missing, fewer rows than the board counts) nothing is taken as missing.
 */
export function compareBoard(
  known: readonly KnownOpening[],
  look: { openings: readonly SeenOpening[]; isWhole: boolean },
  watch: { baselineAt: Date | null; now: Date; rules: WatchRules },
): BoardChanges {
  const real = look.openings.filter((opening) => !opening.isGeneral);
  const byKey = new Map(known.map((opening) => [opening.key, opening]));
  const shown = new Set(real.map(({ key }) => key));
  const fresh = [...new Map(real.map((opening) => [opening.key, opening])).values()].filter(
    ({ key }) => !byKey.has(key),
  );
  const back = known.filter((one) => shown.has(one.key) && (one.missingSince ?? one.goneAt) !== null);
  const absent = look.isWhole ? known.filter((one) => !shown.has(one.key) && one.goneAt === null) : [];
  const gone = absent.filter((one) => one.missingSince !== null);
  const missing = absent.filter((one) => one.missingSince === null);
  const changes = {
    fresh,
    back: back.map(({ key }) => key),
    missing: missing.map(({ key }) => key),
    gone: gone.map(({ key }) => key),
  };
  if (watch.baselineAt === null) return { ...changes, news: [] };
  const settled = { ...watch, baselineAt: watch.baselineAt };
  return {
    ...changes,
    news: [
      ...fresh.flatMap((opening) => relevant(watch.rules, opening)),
      ...expansions(known, fresh, settled),
      ...growth(known, real, look.isWhole, settled),
      ...freeze(known, gone),
    ],
  };
}

function relevant(rules: WatchRules, opening: SeenOpening): BoardNews[] {
  const judged = judgeOpening(rules, opening);
  return judged === null ? [] : [{ kind: 'hiring', opening, rule: judged.rule }];
}

type Settled = { baselineAt: Date; now: Date; rules: WatchRules };

function expansions(
  known: readonly KnownOpening[],
  fresh: readonly SeenOpening[],
  { baselineAt, now }: Settled,
): BoardNews[] {
  if (known.length === 0 || now.getTime() - baselineAt.getTime() < SETTLED_DAYS * DAY_MS) return [];
  const countries = new Set(known.flatMap((opening) => opening.countries));
  const departments = new Set(known.map((opening) => opening.department?.toLowerCase() ?? ''));
  const news: BoardNews[] = [];
  for (const opening of fresh) {
    for (const country of opening.countries) {
      // A board that names no country at all can't tell a new one.
      if (countries.size > 0 && !countries.has(country))
        news.push({ kind: 'expansion', into: 'country', name: country, opening });
      countries.add(country);
    }
    const department = opening.department?.toLowerCase() ?? '';
    if (department !== '' && departments.size > 1 && !departments.has(department))
      news.push({ kind: 'expansion', into: 'department', name: opening.department ?? '', opening });
    departments.add(department);
  }
  return news;
}

function growth(
  known: readonly KnownOpening[],
  shown: readonly SeenOpening[],
  isWhole: boolean,
  { baselineAt, now, rules }: Settled,
): BoardNews[] {
  const then = new Date(now.getTime() - GROWTH_DAYS * DAY_MS);
  if (!isWhole || baselineAt > then) return [];
  const before = known.filter(
    (one) => isOfTeam(rules, one) && one.firstSeenAt <= then && (one.goneAt === null || one.goneAt > then),
  ).length;
  const today = shown.filter((one) => isOfTeam(rules, one)).length;
  return today - before >= GROWTH_MIN_MORE && today >= before * GROWTH_MIN_RATIO
    ? [{ kind: 'hiring_growth', team: rules.team.name, now: today, before }]
    : [];
}

function freeze(known: readonly KnownOpening[], gone: readonly KnownOpening[]): BoardNews[] {
  const before = known.filter((one) => one.goneAt === null).length;
  return gone.length >= FREEZE_MIN && gone.length >= before * FREEZE_MIN_SHARE
    ? [{ kind: 'hiring_freeze', vanished: gone.length, before }]
    : [];
}

const SHORTEST = 0.25;
const LONGEST = 8;

/** How long until the next look: boards that change are looked at twice as often, those that don't less, within bounds of the cadence. */
export function nextInterval(seconds: number, changed: boolean, cadenceSeconds: number): number {
  const wanted = changed ? seconds / 2 : seconds * 1.5;
  return Math.round(Math.min(cadenceSeconds * LONGEST, Math.max(cadenceSeconds * SHORTEST, wanted)));
}
