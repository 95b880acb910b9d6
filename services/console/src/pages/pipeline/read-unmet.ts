import type { Failure } from '../../api/failure.ts';
import type { CriterionStatus } from '../../api/records.ts';

/** The criteria that a refused move names. */
export function readUnmet(failure: Failure): CriterionStatus[] {
  const { unmet } = failure.details;
  return failure.code === 'criteria_unmet' && Array.isArray(unmet) ? unmet.filter(isCriterion) : [];
}

function isCriterion(value: unknown): value is CriterionStatus {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['key', 'label', 'explanation', 'producedBy'].every((key) => typeof Reflect.get(value, key) === 'string')
  );
}
