import type { ProviderRow } from '../../api/records.ts';

export type KeyLimit = ProviderRow['publishedLimits'][number];

export const UNITS = [
  { value: '1', label: 'second', seconds: 1 },
  { value: '60', label: 'minute', seconds: 60 },
  { value: '3600', label: 'hour', seconds: 3_600 },
  { value: '86400', label: 'day', seconds: 86_400 },
] as const;

/** `15 a second, 500 a minute`; `no limit` for none. */
export function limitWords(limits: readonly KeyLimit[]): string {
  if (limits.length === 0) return 'no limit';
  return limits
    .map(({ requests, windowSeconds }) => {
      const unit = UNITS.find(({ seconds }) => seconds === windowSeconds);
      const window = unit ? `a ${unit.label}` : `in ${windowSeconds} s`;
      return `${requests.toLocaleString('en-US')} ${window}`;
    })
    .join(', ');
}

/** A limit as it is typed. */
export type TypedLimit = { requests: string; windowSeconds: string };

export const typedOf = (limits: readonly KeyLimit[]): TypedLimit[] =>
  limits.map(({ requests, windowSeconds }) => ({
    requests: String(requests),
    windowSeconds: String(windowSeconds),
  }));

/** What was typed as limits, or null if a line is none. */
export function readLimits(typed: readonly TypedLimit[]): KeyLimit[] | null {
  const limits = typed.map(({ requests, windowSeconds }) => ({
    requests: Number(requests.replaceAll(',', '')),
    windowSeconds: Number(windowSeconds),
  }));
  const valid = limits.every(
    ({ requests, windowSeconds }) =>
      Number.isInteger(requests) && requests >= 1 && requests <= 1_000_000 && windowSeconds >= 1,
  );
  return valid ? limits : null;
}
