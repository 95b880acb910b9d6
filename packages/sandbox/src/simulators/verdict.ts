import type { World } from '../world/world.ts';

export type Verdict = 'valid' | 'invalid' | 'catch_all' | 'unknown';

/** The truth about an address. Outside the world nobody answers, so nothing can be known: `unknown`, which is free. */
export function verdictOf(world: World, email: string): { verdict: Verdict; personKey: string } {
  const person = world.personByEmail.get(email);
  const company = world.companyByDomain.get(email.slice(email.lastIndexOf('@') + 1));
  const personKey = person?.key ?? `address:${email}`;
  if (!company) return { verdict: 'unknown', personKey };
  if (company.isCatchAll) return { verdict: 'catch_all', personKey };
  return { verdict: person?.mailbox === 'open' ? 'valid' : 'invalid', personKey };
}
