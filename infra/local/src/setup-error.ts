export type SetupErrorCode =
  | 'already_running' // another process owns the data folder
  | 'port_taken'
  | 'disk_full'
  | 'postgres_unavailable'
  | 'postgres_unsupported' // older than the oldest supported version
  | 'temporal_unavailable'
  | 'component_failed' // something we started ended or never became ready
  | 'interrupted' // the person changed their mind
  | 'usage';

/** What the person at the terminal can mend: `message` says what is wrong and what to do, in one sentence or two. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  readonly code: SetupErrorCode;

  constructor(code: SetupErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
  }
}

/** The `code` of a system error (`ENOENT`, `EADDRINUSE`, …), or an empty string. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Text of any thrown value, for a log or for the end of a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
