import { DomainError } from '@penstock/kernel/domain-error';
import { isConnectionFault, sqlState } from '@penstock/kernel/database-fault';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';

/**
 * One place where errors of activities become failures that Temporal understands. Messages carry codes only: the original, which may
 * hold values of people, stays in this process.
 */
export const errorInterceptor: ActivityInboundCallsInterceptor = {
  async execute(input, next) {
    try {
      return await next(input);
    } catch (error) {
      throw toApplicationFailure(error);
    }
  },
};

const PERMANENT = new Set(['invalid', 'forbidden', 'not_found', 'conflict', 'criteria_unmet']);

export function toApplicationFailure(error: unknown): unknown {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof DomainError) {
    return ApplicationFailure.create({
      type: error.code,
      message: error.code,
      nonRetryable: PERMANENT.has(error.code),
    });
  }
  if (isConnectionFault(error))
    return ApplicationFailure.retryable('database unreachable', 'DatabaseUnreachable');
  const state = sqlState(error);
  if (state !== null) return ApplicationFailure.retryable(`database error ${state}`, 'DatabaseError');
  if (error instanceof Error && error.name.endsWith('CancelledFailure')) return error;
  return ApplicationFailure.retryable(error instanceof Error ? error.name : 'unknown error', 'Unexpected');
}
