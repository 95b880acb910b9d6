import type { Instance, SignIn } from '../instance-options.ts';

/** What somebody needs to know once everything runs; fits one screen. */
export function startScreen(
  instance: Instance,
  facts: { durationMs: number; databaseGiven: boolean },
): string {
  const { seeded } = instance;
  const signIns = onePerRole(seeded?.signIns ?? []).map(
    ({ role, email, password }) => `${role.padEnd(8)} ${email.padEnd(32)} ${password}`,
  );
  const database = facts.databaseGiven ? 'of DATABASE_URL' : `embedded, port ${instance.ports.postgres}`;
  return [
    '',
    `Penstock runs (${(facts.durationMs / 1_000).toFixed(1)} s)`,
    '',
    ...row('Console', [instance.publicUrl]),
    ...row('Sign in', signIns),
    ...row('Demo form', seeded?.formUrl ? [seeded.formUrl] : []),
    '',
    ...row('Sandbox', [
      'the workspace you sign in to: companies and people are invented, vendors, EDGAR and mail',
      `are simulated on this machine (${instance.sandboxUrl}); nothing leaves it`,
    ]),
    ...row('Real', [
      `Postgres (${database}), Temporal (${instance.temporalAddress}), gateway, worker;`,
      'for data and vendors of your own, make a workspace in Settings',
    ]),
    ...row('Data', [`${instance.dataDir}  (start over: npm start -- --fresh)`]),
    ...row('Logs', [instance.logDir]),
    '',
    'Ctrl-C stops it.',
    '',
  ].join('\n');
}

function onePerRole(signIns: readonly SignIn[]): SignIn[] {
  return signIns.filter((one, index) => signIns.findIndex((other) => other.role === one.role) === index);
}

function row(name: string, lines: string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? name : '').padEnd(10)} ${line}`);
}
