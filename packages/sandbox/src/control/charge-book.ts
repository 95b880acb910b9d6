import { join } from 'node:path';

import type { Clock } from '@penstock/kernel/clock';
import { z } from 'zod';

import { openJournal } from '../journal.ts';

const Charge = z.object({
  at: z.string(),
  vendor: z.string(),
  capability: z.string(),
  credential: z.string(),
  /** Whom it was about: a person of the world, or the address that was verified. */
  personKey: z.string(),
  credits: z.number(),
});
export type Charge = z.infer<typeof Charge>;

export type ChargeSummary = {
  total: { charges: number; credits: number };
  byVendor: Record<string, { charges: number; credits: number }>;
  byCredential: { vendor: string; credential: string; charges: number; credits: number }[];
  /** `count` above 1 means that something was paid for twice. */
  byPerson: { vendor: string; capability: string; personKey: string; count: number; credits: number }[];
};

export type ChargeBook = {
  record(charge: Omit<Charge, 'at'>): void;
  /** Credits that a credential has used at a vendor. */
  spent(vendor: string, credential: string): number;
  /** Charges less refunds of one thing. */
  paid(vendor: string, credential: string, capability: string, personKey: string): number;
  charges(): readonly Charge[];
  summary(): ChargeSummary;
  clear(): void;
};

/** What the vendors would bill, written down before they answer; the product's ledger is compared with it. */
export function createChargeBook(clock: Clock, dataDir: string | null): ChargeBook {
  const journal = openJournal(dataDir === null ? null : join(dataDir, 'charges.jsonl'), Charge);
  const spent = new Map<string, number>();
  const paid = new Map<string, number>();
  const count = ({ vendor, credential, capability, personKey, credits }: Charge): void => {
    add(spent, keyOf(vendor, credential), credits);
    add(paid, keyOf(vendor, credential, capability, personKey), credits);
  };
  for (const charge of journal.entries()) count(charge);
  return {
    record(charge) {
      const dated = { at: clock.now().toISOString(), ...charge };
      journal.append(dated);
      count(dated);
    },
    spent: (vendor, credential) => spent.get(keyOf(vendor, credential)) ?? 0,
    paid: (vendor, credential, capability, personKey) =>
      paid.get(keyOf(vendor, credential, capability, personKey)) ?? 0,
    charges: () => journal.entries(),
    summary: () => summarise(journal.entries()),
    clear() {
      journal.clear();
      spent.clear();
      paid.clear();
    },
  };
}

const keyOf = (...parts: string[]): string => JSON.stringify(parts);

const add = (sums: Map<string, number>, key: string, credits: number): void =>
  void sums.set(key, (sums.get(key) ?? 0) + credits);

/** A refund takes its charge back. */
const countOf = (charges: readonly Charge[]): number =>
  charges.reduce((count, charge) => count + Math.sign(charge.credits), 0);

const creditsOf = (charges: readonly Charge[]): number =>
  charges.reduce((sum, charge) => sum + charge.credits, 0);

function summarise(charges: readonly Charge[]): ChargeSummary {
  const vendors = Object.groupBy(charges, (charge) => charge.vendor);
  const credentials = Object.groupBy(charges, (charge) => JSON.stringify([charge.vendor, charge.credential]));
  const people = Object.groupBy(charges, (charge) =>
    JSON.stringify([charge.vendor, charge.capability, charge.personKey]),
  );
  const totalOf = (group: readonly Charge[]) => ({ charges: countOf(group), credits: creditsOf(group) });
  return {
    total: totalOf(charges),
    byVendor: Object.fromEntries(
      Object.entries(vendors).map(([vendor, group = []]) => [vendor, totalOf(group)]),
    ),
    byCredential: Object.values(credentials).map((group = []) => ({
      vendor: group[0]?.vendor ?? '',
      credential: group[0]?.credential ?? '',
      ...totalOf(group),
    })),
    byPerson: Object.values(people).map((group = []) => ({
      vendor: group[0]?.vendor ?? '',
      capability: group[0]?.capability ?? '',
      personKey: group[0]?.personKey ?? '',
      count: countOf(group),
      credits: creditsOf(group),
    })),
  };
}
