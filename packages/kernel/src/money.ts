import { invariant } from './invariant.ts';

/** Provider spend: millionths of a US dollar, always a safe integer. */
export type Micros = number;

export const MICROS_PER_DOLLAR = 1_000_000;

/** Dollars (at most six decimals matter) to micro-dollars. */
export function microsFromDollars(dollars: number): Micros {
  const micros = Math.round(dollars * MICROS_PER_DOLLAR);
  invariant(Number.isSafeInteger(micros), 'amount in micro-dollars is a safe integer');
  return micros;
}

/** `34200` → `$0.0342`; whole amounts keep two decimals. */
export function formatMicros(micros: Micros): string {
  const text = (micros / MICROS_PER_DOLLAR).toFixed(6).replace(/0{1,4}$/, '');
  return `$${text}`;
}
