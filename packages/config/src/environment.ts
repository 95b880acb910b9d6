import { z } from 'zod';

const Port = z.coerce.number().int().min(1).max(65_535);
const Key32 = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64');

/** What every service reads; `npm start` and the Helm values set exactly these. */
const Environment = z.object({
  PENSTOCK_APP_DATABASE_URL: z.url(),
  PENSTOCK_DUE_DATABASE_URL: z.url(),
  PENSTOCK_AUTH_DATABASE_URL: z.url(),
  PENSTOCK_TEMPORAL_ADDRESS: z.string().regex(/^[^:]+:\d+$/, 'must be host:port'),
  PENSTOCK_TEMPORAL_NAMESPACE: z.string().default('penstock'),
  /** Encrypts stored credentials and workflow payloads (AES-256-GCM). */
  PENSTOCK_SECRET_KEY: Key32,
  PENSTOCK_AUTH_SECRET: z.string().min(32),
  PENSTOCK_GATEWAY_HOST: z.string().default('127.0.0.1'),
  PENSTOCK_GATEWAY_PORT: Port.default(4100),
  PENSTOCK_PUBLIC_URL: z.url(),
  /** Built console; empty means that the gateway serves the API only. */
  PENSTOCK_CONSOLE_DIR: z.string().default(''),
  PENSTOCK_WORKFLOW_BUNDLE: z.string().default(''),
  /** Base address of the vendor simulators; empty where there is no sandbox. */
  PENSTOCK_SANDBOX_URL: z.string().default(''),
  PENSTOCK_SANDBOX_PORT: Port.default(4110),
  PENSTOCK_SANDBOX_SMTP_PORT: Port.default(4111),
  /** Seconds after the first look at EDGAR's feed when the sandbox publishes a filing by itself; 0: never. */
  PENSTOCK_SANDBOX_NEWS_AFTER_S: z.coerce.number().int().min(0).max(86_400).default(0),
  /** Where a real workspace's mail leaves; empty means that it can't send. */
  PENSTOCK_SMTP_URL: z.string().default(''),
  /** Who we say we are to sources that ask for it (EDGAR wants a company and a mailbox). */
  PENSTOCK_CONTACT: z.string().default('Penstock self-hosted operator@localhost.invalid'),
  PENSTOCK_DATA: z.string().default(''),
  /** Where a service may keep files of its own (the sandbox's charges and mails). */
  PENSTOCK_DATA_DIR: z.string().default(''),
  /** Submissions that one address may send to one form in a minute. */
  PENSTOCK_FORM_LIMIT_PER_MINUTE: z.coerce.number().int().positive().default(120),
  /** Proxies of one's own in front of the gateway: so many entries at the end of X-Forwarded-For are believed. */
  PENSTOCK_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  PENSTOCK_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Configuration = z.infer<typeof Environment>;

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** Reads the environment once at start; the error names each variable and what it must be. */
export function readConfiguration(environment: Record<string, string | undefined>): Configuration {
  const parsed = Environment.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(`The environment is incomplete. Set or correct: ${problems.join('; ')}.`);
}
