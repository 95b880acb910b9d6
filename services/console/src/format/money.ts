/** Provider spend: `$0.0342`. Four decimals, because single calls cost fractions of a cent. */
export function spend(micros: number): string {
  return `$${(micros / 1_000_000).toFixed(4)}`;
}

/** A deal's value, short: `$1.2M`, `€48K`, `$950`. */
export function moneyShort(minor: number, currency: string): string {
  return formatter(currency, {
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  }).format(major(minor, currency));
}

/** A deal's value in full: `$1,200,000`. */
export function moneyExact(minor: number, currency: string): string {
  const amount = major(minor, currency);
  return formatter(currency, Number.isInteger(amount) ? { maximumFractionDigits: 0 } : {}).format(amount);
}

/** Minor units to the unit people speak of; yen have no minor unit. */
export function major(minor: number, currency: string): number {
  return minor / 10 ** decimals(currency);
}

export function minor(majorAmount: number, currency: string): number {
  return Math.round(majorAmount * 10 ** decimals(currency));
}

function decimals(currency: string): number {
  return formatter(currency, {}).resolvedOptions().maximumFractionDigits ?? 2;
}

function formatter(currency: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: currency || 'USD', ...options });
}
