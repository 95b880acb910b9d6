import { createHash } from 'node:crypto';

/** What slow vendors know of an invented person, and how long each takes to say so: the same for the stub and for who judges. */

export const FINDERS = [
  { vendor: 'leadmagic', capability: 'email-finder', knows: 0.55, priceMicros: 24_000 },
  { vendor: 'hunter', capability: 'email-finder', knows: 0.5, priceMicros: 24_500 },
  { vendor: 'findymail', capability: 'search-name', knows: 0.45, priceMicros: 49_000 },
] as const;
export const VERIFIERS = [
  { vendor: 'zerobounce', capability: 'validate', priceMicros: 10_000 },
  { vendor: 'leadmagic', capability: 'email-validation', priceMicros: 6_000 },
] as const;

export const DEADLINE_MS = 15_000;
/** Enough for two finders and both verifiers, not for all. */
export const CEILING_MICROS = 115_000;

/** Delays spread lognormally, nineteen of twenty between one second and eight. */
const MEDIAN_MS = Math.sqrt(1_000 * 8_000);
const SIGMA = Math.log(8_000 / MEDIAN_MS) / 1.96;
const HANGS = 0.02;

export type VendorTruth = { knows: boolean; delayMs: number };

/** `what` is the vendor's capability, `number` the person's. A vendor that hangs takes for ever. */
export function truthOf(vendor: string, what: string, number: number): VendorTruth {
  const draw = draws(`${vendor} ${what} ${number}`);
  const finder = FINDERS.find((one) => one.vendor === vendor && one.capability === what);
  const knows = finder === undefined || draw() < finder.knows;
  if (draw() < HANGS) return { knows, delayMs: Number.POSITIVE_INFINITY };
  // Box–Muller.
  const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  return { knows, delayMs: MEDIAN_MS * Math.exp(SIGMA * normal) };
}

/** Whether somebody who knows every answer beforehand could have a verified address in time and within the ceiling. */
export function couldBeHad(number: number): boolean {
  const ways = FINDERS.flatMap((finder) =>
    VERIFIERS.map((verifier) => {
      const found = truthOf(finder.vendor, finder.capability, number);
      const verified = truthOf(verifier.vendor, verifier.capability, number);
      return found.knows && finder.priceMicros + verifier.priceMicros <= CEILING_MICROS
        ? found.delayMs + verified.delayMs
        : Number.POSITIVE_INFINITY;
    }),
  );
  return Math.min(...ways) <= DEADLINE_MS;
}

function draws(seed: string): () => number {
  const digest = createHash('sha256').update(seed).digest();
  let at = 0;
  return () => {
    const value = digest.readUInt32LE(at) / 2 ** 32;
    at += 4;
    return value;
  };
}
