import { DomainError, type DomainErrorCode, type FieldIssue } from '@penstock/kernel/domain-error';
import { isConnectionFault } from '@penstock/kernel/database-fault';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** What a caller learns of an error: RFC 9457 for REST, the same inside a tRPC error. */
export type Problem = {
  code: DomainErrorCode | 'internal';
  message: string;
  issues: FieldIssue[];
  details: Record<string, unknown>;
  requestId: string;
};

export const HTTP_STATUS: Record<Problem['code'], ContentfulStatusCode> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 400,
  conflict: 409,
  criteria_unmet: 422,
  idempotency_mismatch: 422,
  too_large: 413,
  rate_limited: 429,
  budget_exhausted: 402,
  sandbox_only: 403,
  unavailable: 503,
  internal: 500,
};

export const TRPC_CODE = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  invalid: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  criteria_unmet: 'UNPROCESSABLE_CONTENT',
  idempotency_mismatch: 'UNPROCESSABLE_CONTENT',
  too_large: 'PAYLOAD_TOO_LARGE',
  rate_limited: 'TOO_MANY_REQUESTS',
  budget_exhausted: 'PAYMENT_REQUIRED',
  sandbox_only: 'FORBIDDEN',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<DomainErrorCode, string>;

/** The one place that turns an error into what a caller sees; unknown errors say nothing about themselves. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof DomainError) {
    const { code, message, issues, details } = error;
    return { code, message, issues, details, requestId };
  }
  if (isConnectionFault(error)) {
    return {
      code: 'unavailable',
      message: 'The database can’t be reached just now. Try again in a moment.',
      issues: [],
      details: {},
      requestId,
    };
  }
  return {
    code: 'internal',
    message: `Something broke on our side and was logged. Quote ${requestId} when you report it.`,
    issues: [],
    details: {},
    requestId,
  };
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  const status = HTTP_STATUS[problem.code];
  const body = {
    type: `urn:penstock:problem:${problem.code}`,
    title: problem.code.replaceAll('_', ' '),
    status,
    detail: problem.message,
    code: problem.code,
    issues: problem.issues,
    details: problem.details,
    request_id: problem.requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}
