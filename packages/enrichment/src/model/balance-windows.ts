/** What went from a key's balance between two looks at it, and the calls in between. Credits are the vendor's. */
export type Window = {
  /** Balance before minus balance after: below 0 where it was topped up. */
  wentCredits: number;
  /** What calls cost that are settled, by capability. */
  known: readonly { capability: string; credits: number }[];
  /** Calls of unknown charge, at their full price. */
  unknown: readonly { id: string; capability: string; credits: number }[];
};

export type Verdict = { state: 'charged' | 'not_charged' | 'unclear'; because: string };

const EPSILON = 1e-6;
const sum = (rows: readonly { credits: number }[]): number =>
  rows.reduce((total, { credits }) => total + credits, 0);
const same = (a: number, b: number): boolean => Math.abs(a - b) < EPSILON;
const credits = (count: number): string =>
  `${Math.round(count * 1_000) / 1_000} credit${same(Math.abs(count), 1) ? '' : 's'}`;

/** Windows that prove nothing are left out: nothing was asked in them, and nothing went. */
const isIdle = ({ wentCredits, known, unknown }: Window): boolean =>
  same(wentCredits, 0) && sum(known) < EPSILON && unknown.length === 0;

/**
 * Whether the unknown calls of a window were charged, by what went from the balance. It is only believed where earlier windows show that the
 * balance moves by exactly what our calls of this kind cost, and by nothing else; whatever leaves a doubt stays for a person.
 * @param earlier windows of the same key of the last days
 */
export function judgeWindow(window: Window, earlier: readonly Window[]): Verdict {
  const rest = window.wentCredits - sum(window.known);
  const full = sum(window.unknown);
  const doubt = doubtOf(window, earlier, rest);
  if (doubt !== null) return { state: 'unclear', because: doubt };
  if (same(rest, 0))
    return {
      state: 'not_charged',
      because: `by the key’s balance: ${credits(window.wentCredits)} went, other calls cost as much`,
    };
  if (same(rest, full))
    return {
      state: 'charged',
      because: `by the key’s balance: ${credits(rest)} went beyond what other calls cost`,
    };
  if (rest > 0 && rest < full)
    return {
      state: 'unclear',
      because: `${credits(rest)} of ${credits(full)} went from the balance: which of ${window.unknown.length} calls was charged it does not say`,
    };
  return { state: 'unclear', because: notOurs(rest < 0 ? rest : rest - full) };
}

const notOurs = (rest: number): string =>
  rest < 0
    ? `the balance rose by ${credits(-rest)}: it was topped up, or something was given back`
    : `${credits(rest)} went from the balance that no call explains: the key may be used elsewhere`;

function doubtOf(window: Window, earlier: readonly Window[], rest: number): string | null {
  const told = earlier.filter((one) => !isIdle(one) && one.unknown.length === 0);
  const off = told.find((one) => !same(one.wentCredits, sum(one.known)));
  if (off) return notOurs(off.wentCredits - sum(off.known));
  for (const { capability } of window.unknown) {
    const costs = ({ known }: Window) =>
      known.some((one) => one.capability === capability && one.credits > EPSILON);
    // Nothing went beyond what the others cost, others of this kind among them: they show that it would have.
    const shown = told.some(costs) || (same(rest, 0) && costs(window));
    if (!shown) return `no earlier calls show that the balance tells of ${capability.replaceAll('-', ' ')}`;
  }
  return null;
}
