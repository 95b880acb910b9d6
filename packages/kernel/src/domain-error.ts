/** Every way in which the product refuses; each maps to one HTTP status and one tRPC code, in one place. */
export type DomainErrorCode =
  | 'unauthenticated' // nobody is signed in
  | 'forbidden' // signed in, but not allowed
  | 'not_found' // no such thing in this workspace, or not visible to this person
  | 'invalid' // the input breaks the contract; `issues` names the fields
  | 'conflict' // somebody was faster, or the state has moved on
  | 'criteria_unmet' // a deal may not advance; `details` names the criteria
  | 'idempotency_mismatch' // the same key came with another body
  | 'too_large'
  | 'rate_limited'
  | 'budget_exhausted'
  | 'sandbox_only' // only meant for the sandbox
  | 'unavailable'; // a part that is needed is down; trying again is right

export type FieldIssue = { field: string; problem: string; remedy: string };

/** A refusal that the user can understand and act on. `message` says what and what to do next, without personal data. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: DomainErrorCode;
  readonly issues: FieldIssue[];
  readonly details: Record<string, unknown>;

  constructor(
    code: DomainErrorCode,
    message: string,
    more: { issues?: FieldIssue[]; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.issues = more.issues ?? [];
    this.details = more.details ?? {};
  }
}
