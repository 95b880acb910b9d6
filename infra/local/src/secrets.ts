import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Secrets = {
  /** Superuser of the embedded Postgres. */
  postgresPassword: string;
  migratorPassword: string;
  appPassword: string;
  authPassword: string;
  duePassword: string;
  temporalPassword: string;
  /** 32 bytes in base64: encrypts stored credentials and workflow payloads. */
  secretKey: string;
  /** Signs sessions. */
  authSecret: string;
};

/** The secrets of one data folder: made at its first use, kept in `secrets.json` for its owner alone (mode 600). */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const secrets = { ...freshSecrets(), ...known };
  if (Object.keys(secrets).some((name) => !(name in known))) {
    // Written aside and renamed: a crash here must not cost the key that everything stored is encrypted with.
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return secrets;
}

function freshSecrets(): Secrets {
  return {
    postgresPassword: password(),
    migratorPassword: password(),
    appPassword: password(),
    authPassword: password(),
    duePassword: password(),
    temporalPassword: password(),
    secretKey: randomBytes(32).toString('base64'),
    authSecret: randomBytes(48).toString('base64url'),
  };
}

/** Hexadecimal, so that it needs no quoting in an address or in SQL. */
function password(): string {
  return randomBytes(18).toString('hex');
}
