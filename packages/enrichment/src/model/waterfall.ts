import type { LineType, VerificationResult, WantedField } from '../provider-port.ts';

/** A published waterfall: what is wanted, who is asked in which order, what is good enough, and what it may cost. */
export type Waterfall = {
  wanted: WantedField[];
  steps: { provider: string; capability: string }[];
  policy: {
    /** Whether an address at a domain that takes everything counts as usable. */
    acceptCatchAll: boolean;
    mobileLineTypes: LineType[];
  };
  /** Most that one person's record may cost, over all runs of this version. */
  ceilingMicros: number;
  /** Days after which a value has to be looked up again. */
  timeToLiveDays: number;
};

export type Candidate = {
  value: string;
  verification: VerificationResult | null;
  lineType: LineType | null;
};

/**
 * Whether a value meets the waterfall's policy (R004: an address nobody verified is not usable). Found, verified and usable are three
 * things; only this is coverage.
 */
export function isUsable(field: WantedField, candidate: Candidate, policy: Waterfall['policy']): boolean {
  if (candidate.value === '') return false;
  if (field === 'work_email') {
    return (
      candidate.verification === 'valid' || (candidate.verification === 'catch_all' && policy.acceptCatchAll)
    );
  }
  if (field === 'mobile')
    return candidate.lineType !== null && policy.mobileLineTypes.includes(candidate.lineType);
  return true;
}
