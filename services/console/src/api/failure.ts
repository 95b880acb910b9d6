import type { DomainErrorCode, FieldIssue } from '@penstock/kernel/domain-error';
import { TRPCClientError } from '@trpc/client';

/** Why a request did not do what was asked, in a form that a page can show. */
export type Failure = {
  /** `offline`: no answer came, so nobody knows whether it arrived. `unexpected`: the server has a fault. */
  code: DomainErrorCode | 'offline' | 'unexpected';
  message: string;
  issues: FieldIssue[];
  details: Record<string, unknown>;
  requestId: string | null;
};

type DomainData = {
  domain?: {
    code: DomainErrorCode;
    message: string;
    issues?: FieldIssue[];
    details?: Record<string, unknown>;
    requestId?: string;
  };
  httpStatus?: number;
};

export function toFailure(error: unknown): Failure {
  const none = { issues: [], details: {}, requestId: null };
  if (!(error instanceof TRPCClientError))
    return { code: 'unexpected', message: 'This page met an error of its own.', ...none };
  const data = dataOf(error);
  if (data?.domain) {
    const { code, message, issues = [], details = {}, requestId = null } = data.domain;
    return { code, message, issues, details, requestId };
  }
  if (data?.httpStatus === 401)
    return { code: 'unauthenticated', message: 'You are signed out. Sign in again.', ...none };
  if (data?.httpStatus !== undefined)
    return { code: 'unexpected', message: 'The server met an error. It has been recorded.', ...none };
  return { code: 'offline', message: 'No answer from the server.', ...none };
}

function dataOf(error: { data?: unknown }): DomainData | undefined {
  // Safe: the gateway's error formatter is the only writer of `data`, and every field is optional here.
  return typeof error.data === 'object' && error.data !== null ? (error.data as DomainData) : undefined;
}
