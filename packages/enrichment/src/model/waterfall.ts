import type { LineType, VerificationResult, WantedField } from '../provider-port.ts';
import type { StepCondition } from './step-condition.ts';

export type WaterfallStep = {
  provider: string;
  capability: string;
  /** Asked only while one of these is missing; null for whatever the capability gives. */
  only: WantedField[] | null;
  /** All have to hold; none means always. */
  when: StepCondition[];
};

/** At most `atOnce` calls of a record under way, each begun at least `afterSeconds` after the one before it. */
export type Race = { atOnce: number; afterSeconds: number };

export type AcceptancePolicy = {
  /** Whether an address at a domain that takes everything counts as usable. */
  acceptCatchAll: boolean;
  mobileLineTypes: LineType[];
  /** Whether a mobile counts as usable only once a phone lookup has said what line it is. */
  checkPhones: boolean;
  /** Least confidence (0–1) by field; where a vendor gives none, the value passes. */
  leastConfidence: Partial<Record<WantedField, number>>;
};

/** A published waterfall: what is wanted, who is asked in which order, what is good enough, and what it may cost. */
export type Waterfall = {
  wanted: WantedField[];
  steps: WaterfallStep[];
  policy: AcceptancePolicy;
  /** Once these are usable nothing more is asked; empty for everything that is wanted. */
  enough: WantedField[];
  /** Most that one person's record may cost, over all runs of this version. */
  ceilingMicros: number;
  /** Days after which a value has to be looked up again. */
  timeToLiveDays: number;
  /** Exceptions from it: by field, and by the person's seniority; the shorter of the two holds. */
  timeToLiveOf: { fields: Partial<Record<WantedField, number>>; seniorities: Record<string, number> };
  /** Seconds after which nothing more is asked for an inbound lead; null for no deadline. Lists have none. */
  deadlineSeconds: number | null;
  /** For an inbound lead: whether the next provider is asked while one before it has not answered yet; null for one after the other. */
  race: Race | null;
  /** What becomes of a record whose provider is limited or broken: the next one is asked, or the record waits for it. */
  whenLimited: 'pass_over' | 'wait';
  /** For lists: whether vendors that take many records in one request are asked for many at once. */
  bulk: boolean;
  /** Share (0–1) of the records for which finders are asked in another order, so that their rates can be compared fairly. */
  otherOrderShare: number;
};

export type Candidate = {
  value: string;
  verification: VerificationResult | null;
  lineType: LineType | null;
  confidence?: number | null;
};

/**
 * Whether a value meets the waterfall's policy (R004: an address nobody verified is not usable). Found, verified and usable are three
 * things; only this is coverage.
 */
export function isUsable(field: WantedField, candidate: Candidate, policy: AcceptancePolicy): boolean {
  if (candidate.value === '') return false;
  const least = policy.leastConfidence[field];
  if (least !== undefined && typeof candidate.confidence === 'number' && candidate.confidence < least)
    return false;
  if (field === 'work_email') {
    return (
      candidate.verification === 'valid' || (candidate.verification === 'catch_all' && policy.acceptCatchAll)
    );
  }
  if (field === 'mobile') {
    // Of a number a lookup says `valid`, `invalid`, or `unknown` where it can't tell the line.
    if (candidate.verification === 'invalid' || (policy.checkPhones && candidate.verification === null))
      return false;
    return candidate.lineType !== null && policy.mobileLineTypes.includes(candidate.lineType);
  }
  return true;
}

type Lifetimes = Pick<Waterfall, 'timeToLiveDays' | 'timeToLiveOf'>;

/** Days for which a value of a field counts as fresh, for a person of this seniority. */
export function timeToLiveDays(waterfall: Lifetimes, field: string, seniority: string | null): number {
  // Safe: a field that the record does not name gives undefined.
  const ofField = waterfall.timeToLiveOf.fields[field as WantedField] ?? waterfall.timeToLiveDays;
  const ofSeniority = seniority === null ? undefined : waterfall.timeToLiveOf.seniorities[seniority];
  return ofSeniority === undefined ? ofField : Math.min(ofField, ofSeniority);
}

/** The shortest of them: what was paid for longer ago than this may have outlived its values. */
export function shortestTimeToLiveDays(waterfall: Lifetimes): number {
  const { fields, seniorities } = waterfall.timeToLiveOf;
  return Math.min(waterfall.timeToLiveDays, ...Object.values(fields), ...Object.values(seniorities));
}
