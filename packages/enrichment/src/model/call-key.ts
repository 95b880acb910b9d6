import type { Capability, KnownFacts } from '../provider-port.ts';
import type { StepState } from './planner.ts';

/**
 * What must not be paid for twice. A finder charges again for the same person whatever it is asked with, so it is locked per person, and a
 * company's facts per company; a verifier is paid per address, a phone look-up per number.
 */
export function lockKeyOf(
  personId: string,
  provider: string,
  capability: Capability,
  known: KnownFacts,
): string {
  if (capability.kind === 'find_company')
    return `company:${provider}:${capability.id}:${known.companyDomain ?? known.companyName ?? ''}`;
  const about =
    capability.kind === 'verify_email'
      ? `:${known.email ?? ''}`
      : capability.kind === 'lookup_phone'
        ? `:${known.phone ?? ''}`
        : '';
  return `${personId}:${provider}:${capability.id}${about}`;
}

export type PastCall = {
  lockKey: string;
  callKey: string;
  state: 'reserved' | 'charged' | 'released' | 'unknown' | 'reconciled';
  answered: boolean;
  reservedAt: Date;
  parked: boolean;
};

/**
 * How a step stands after the calls so far: waiting while its vendor answers later, locked while one of unknown fate exists, answered once it was paid for (until its values have
 * expired) or missed with these very facts; else it may be asked.
 */
export function stepState(
  calls: readonly PastCall[],
  lockKey: string,
  callKeyOf: () => string,
  chargedSince: Date,
): StepState | null {
  const same = calls.filter((call) => call.lockKey === lockKey);
  if (same.some((call) => call.state === 'reserved' && call.parked)) return 'waiting';
  if (same.some((call) => call.state === 'unknown' || call.state === 'reserved')) return 'unknown';
  const paid = same.some(
    (call) => (call.state === 'charged' || call.state === 'reconciled') && call.reservedAt >= chargedSince,
  );
  if (paid) return 'answered';
  const answered = same.filter((call) => call.answered && call.reservedAt >= chargedSince);
  if (answered.length === 0) return null;
  const callKey = callKeyOf();
  return answered.some((call) => call.callKey === callKey) ? 'answered' : null;
}
