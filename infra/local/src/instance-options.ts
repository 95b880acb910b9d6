import type { DatabaseUrls } from './database-roles.ts';
import type { OnStep } from './step.ts';
import type { SupervisorEvent } from './supervisor.ts';

export type ServiceName = 'sandbox' | 'gateway' | 'worker';
export type PortName = 'postgres' | 'temporal' | 'gateway' | 'sandbox' | 'sandboxSmtp';

export type InstanceOptions = {
  /** Everything of this instance is in there: database, secrets, logs. See `throwAwayDataDir`. */
  dataDir: string;
  /** What it is for: names it in messages. */
  label: string;
  /** Those not given are free ones. A given one that is taken is an error. */
  ports?: Partial<Record<PortName, number>>;
  services: readonly ServiceName[];
  /** Workers, `worker`, `worker-2` and so on. Default 1. */
  workers?: number;
  /** Temporal too; without it only Postgres runs. Default true. */
  temporal?: boolean;
  /** Apply the migrations. Default true. */
  migrate?: boolean;
  /** Fill the sandbox workspace. */
  seed: boolean;
  /** Run the installed Postgres of this major version instead of the embedded one; for tests of older ones. */
  postgresMajor?: number;
  /** Use this server instead of the embedded Postgres (its superuser, or one that may make roles and databases). */
  databaseUrl?: string | undefined;
  /** Use this Temporal (host:port) instead of one of our own; it must have the namespace. */
  temporalAddress?: string | undefined;
  /** Settings of the embedded Postgres on top of ours; `fsync: 'off'` for tests that only want to be quick. */
  postgresSettings?: Record<string, string>;
  /** For the services, on top of what they get anyway. */
  extraEnvironment?: Record<string, string>;
  onStep?: OnStep;
  /** Hears of restarts. */
  onEvent?: (event: SupervisorEvent) => void;
  /** Give up starting and end what has been started. */
  signal?: AbortSignal;
  /** Leave the data behind after `stop`. Default false. */
  keep?: boolean;
};

export type SignIn = { role: string; name: string; email: string; password: string };

/** What seeding tells: who can sign in, and where the demo form is. */
export type Seeded = { signIns: SignIn[]; formUrl: string };

export type Instance = {
  readonly label: string;
  readonly dataDir: string;
  readonly logDir: string;
  /** The gateway, as a browser opens it. */
  readonly publicUrl: string;
  /** The vendor simulators. */
  readonly sandboxUrl: string;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly databaseUrls: DatabaseUrls;
  /** host:port; empty without Temporal. */
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** What every service got. */
  readonly environment: Readonly<Record<string, string>>;
  /** What seeding said; undefined if it was not asked for. */
  readonly seeded: Seeded | undefined;
  /** Process ids of what is up now, by name: postgres, temporal, sandbox, gateway, worker. */
  pids(): Record<string, number>;
  /** SIGKILL; it comes back by itself. */
  kill(name: string): void;
  /** Ends it in good order; resolves when it is back. */
  restart(name: string): Promise<void>;
  /** Resolves once everything is up; throws SetupError `component_failed` naming what is not. */
  waitHealthy(timeoutMs?: number): Promise<void>;
  /** Memory by process name, and `supervisor` for this process, in bytes. */
  residentBytes(): Record<string, number>;
  /** Ends everything in order. May be called twice. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};
