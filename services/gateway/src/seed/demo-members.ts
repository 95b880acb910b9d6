import { createHmac } from 'node:crypto';

import type { Role } from '@penstock/workspace/model/role';

/** Reserved domain: mail to it goes nowhere. */
export const DEMO_DOMAIN = 'penstock-demo.example';

export type DemoMember = { role: Role; name: string; email: string; team: string; timeZone: string };

const member = (role: Role, name: string, team: string, timeZone: string): DemoMember => ({
  role,
  name,
  email: `${(name.split(' ')[0] ?? '').toLowerCase()}@${DEMO_DOMAIN}`,
  team,
  timeZone,
});

export const DEMO_MEMBERS: readonly DemoMember[] = [
  member('rep', 'Ana Ruiz', 'West', 'America/Los_Angeles'),
  member('rep', 'Ben Okafor', 'West', 'America/New_York'),
  member('rep', 'Chloe Martin', 'Europe', 'Europe/Paris'),
  member('manager', 'Dana Weiss', 'West', 'America/New_York'),
  member('revops', 'Eli Novak', 'West', 'Europe/Prague'),
  member('admin', 'Farah Aziz', 'West', 'Europe/London'),
];

/** Different on every installation, the same at every start of it. */
export function demoPassword(authSecret: string, email: string): string {
  return `demo-${createHmac('sha256', authSecret).update(email).digest('base64url').slice(0, 18)}`;
}

export function demoSignIns(
  authSecret: string,
): { role: Role; name: string; email: string; password: string }[] {
  return DEMO_MEMBERS.map(({ role, name, email }) => ({
    role,
    name,
    email,
    password: demoPassword(authSecret, email),
  }));
}
