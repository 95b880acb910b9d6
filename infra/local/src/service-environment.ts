import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { DatabaseUrls } from './database-roles.ts';
import type { PortName } from './instance-options.ts';
import { CACHE_DIR, REPOSITORY } from './paths.ts';
import type { Secrets } from './secrets.ts';

export const TEMPORAL_NAMESPACE = 'penstock';

/** Settings that a person may give to `npm start` and that reach the services unchanged. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  'PENSTOCK_DATA',
  'PENSTOCK_SMTP_URL',
  'PENSTOCK_CONTACT',
  'PENSTOCK_LOG_LEVEL',
] as const;

/** Everything that packages/config reads, for the services of one instance on loopback. */
export function serviceEnvironment(parts: {
  dataDir: string;
  ports: Record<PortName, number>;
  urls: DatabaseUrls;
  temporalAddress: string;
  secrets: Secrets;
  sandbox: boolean;
  extra: Record<string, string>;
}): Record<string, string> {
  const { ports, urls, secrets } = parts;
  return {
    ...passedOn(),
    NODE_ENV: 'production',
    // Compiled code is kept between starts: a service is up noticeably sooner.
    NODE_COMPILE_CACHE: join(CACHE_DIR, 'node'),
    PENSTOCK_APP_DATABASE_URL: urls.app,
    PENSTOCK_DUE_DATABASE_URL: urls.due,
    PENSTOCK_AUTH_DATABASE_URL: urls.auth,
    PENSTOCK_TEMPORAL_ADDRESS: parts.temporalAddress || '127.0.0.1:1',
    PENSTOCK_TEMPORAL_NAMESPACE: TEMPORAL_NAMESPACE,
    PENSTOCK_SECRET_KEY: secrets.secretKey,
    PENSTOCK_AUTH_SECRET: secrets.authSecret,
    PENSTOCK_GATEWAY_HOST: '127.0.0.1',
    PENSTOCK_GATEWAY_PORT: String(ports.gateway),
    PENSTOCK_PUBLIC_URL: `http://127.0.0.1:${ports.gateway}`,
    PENSTOCK_CONSOLE_DIR: builtAt('services/console/dist'),
    PENSTOCK_WORKFLOW_BUNDLE: builtAt('workflows/dist/workflow-bundle.js'),
    PENSTOCK_SANDBOX_URL: parts.sandbox ? `http://127.0.0.1:${ports.sandbox}` : '',
    PENSTOCK_DATA_DIR: parts.dataDir,
    PENSTOCK_SANDBOX_PORT: String(ports.sandbox),
    PENSTOCK_SANDBOX_SMTP_PORT: String(ports.sandboxSmtp),
    ...parts.extra,
  };
}

function passedOn(): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function builtAt(path: string): string {
  const absolute = join(REPOSITORY, path);
  return existsSync(absolute) ? absolute : '';
}
