import pino from 'pino';

export type Logger = {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

/** Names under which values of people or secrets could be logged by mistake; they are cut out wherever they appear. */
const REDACTED = [
  'email',
  'name',
  'givenName',
  'familyName',
  'phone',
  'address',
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'key',
  'body',
  'text',
  'subject',
];

/** Structured logs (JSON lines on standard output). Errors are reduced to type, code and stack: their messages may quote input. */
export function createLogger(
  options: { service: string; level: string },
  into?: pino.DestinationStream,
): Logger {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { error: describeError },
  };
  return into ? pino(settings, into) : pino(settings);
}

/** An error without what it may quote: type, code, and where it was thrown. The logger does it by itself with what it gets as `error`. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const stack = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .map((line) => line.trim());
  return {
    type: error.name,
    code,
    at: stack,
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}
