import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import type { ChargeSummary } from '@penstock/sandbox/control/charge-book';
import type { TRPCClient } from '@trpc/client';

import { adminUrl } from '../walk/admin-url.ts';

/** What the vendors would bill, as they wrote it down themselves. */
export async function vendorsBook(instance: Instance): Promise<ChargeSummary> {
  const reply = await fetch(`${instance.sandboxUrl}/control/charges`);
  // Safe: the sandbox's own answer.
  return (await reply.json()) as ChargeSummary;
}

/**
 * Settles every call of unknown charge as a person would who has the vendor's usage page beside the list.
 * @returns how many there were, those among them that had settled themselves
 */
export async function reconcileByBook(
  instance: Instance,
  console_: TRPCClient<AppRouter>,
  book: ChargeSummary,
): Promise<number> {
  const billed = new Set(
    book.byPerson
      .filter(({ count }) => count > 0)
      .map(({ vendor, capability, personKey }) => JSON.stringify([vendor, capability, personKey])),
  );
  const emailOf = await emails(instance);
  for (;;) {
    const { items } = await console_.enrichment.unknownCharges.query({});
    if (items.length === 0) return settledOnes(instance);
    const wasBilled = ({ provider, capability, personId }: (typeof items)[number]) =>
      billed.has(JSON.stringify([provider, capability, `address:${emailOf.get(personId)}`]));
    for (const decision of ['charged', 'not_charged'] as const) {
      const ids = items.filter((item) => wasBilled(item) === (decision === 'charged')).map(({ id }) => id);
      if (ids.length === 0) continue;
      await console_.enrichment.reconcileCharges.mutate({
        ids,
        decision,
        evidence: "the vendor's own list of charges",
      });
    }
  }
}

const settledOnes = (instance: Instance): Promise<number> =>
  withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ settled: number }>(
      `select count(*)::int as settled from spend_ledger where settled_by <> ''`,
    );
    return rows[0]?.settled ?? 0;
  });

const emails = (instance: Instance): Promise<Map<string, string>> =>
  withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ id: string; email: string }>(
      `select id, email_key as email from person where email_key like 'spend-%'`,
    );
    return new Map(rows.map(({ id, email }) => [id, email]));
  });

export type Accounts = {
  /** By vendor and credential: what the vendor's book says beside the ledger, in calls and micro-dollars. */
  lines: { provider: string; billed: number; ledger: number; billedMicros: number; ledgerMicros: number }[];
  /** Charges of one thing at one vendor beyond the first. */
  duplicates: number;
  /** Records that did not come to their end. */
  lost: number;
  /** Money of budgets that no call of the ledger explains, or the other way round. */
  unexplainedMicros: number;
};

/** Vendors' books beside the ledger, once nothing is unknown any more. */
export async function compareAccounts(
  instance: Instance,
  book: ChargeSummary,
  microsPerCredit: Readonly<Record<string, number>>,
): Promise<Accounts> {
  return withConnection(adminUrl(instance), async (client) => {
    const { rows: ledger } = await client.query<{ provider: string; calls: number; micros: number }>(
      `select provider, count(*) filter (where charged_micros > 0)::int as calls, sum(charged_micros)::float8 as micros
       from spend_ledger where state in ('charged', 'reconciled') group by provider`,
    );
    const { rows: lost } = await client.query<{ lost: number }>(
      `select count(*)::int as lost from list_run_record where state <> 'done'`,
    );
    const { rows: money } = await client.query<{ off: number }>(
      `with l as (select b.id, sum(case when l.state in ('charged', 'reconciled') then l.charged_micros else 0 end) as charged,
           sum(case when l.state in ('reserved', 'unknown') then l.reserved_micros else 0 end) as reserved
         from spend_ledger l cross join unnest(l.budget_ids) as b (id) group by b.id)
       select coalesce(sum(abs(b.charged_micros - coalesce(l.charged, 0)) + abs(b.reserved_micros - coalesce(l.reserved, 0))), 0)::float8 as off
       from budget b left join l on l.id = b.id`,
    );
    const providers = [
      ...new Set([...Object.keys(book.byVendor), ...ledger.map(({ provider }) => provider)]),
    ];
    return {
      lines: providers.map((provider) => {
        const billed = book.byVendor[provider] ?? { charges: 0, credits: 0 };
        const ours = ledger.find((row) => row.provider === provider);
        return {
          provider,
          billed: billed.charges,
          ledger: ours?.calls ?? 0,
          billedMicros: billed.credits * (microsPerCredit[provider] ?? 0),
          ledgerMicros: ours?.micros ?? 0,
        };
      }),
      duplicates: book.byPerson.reduce((sum, { count }) => sum + Math.max(0, count - 1), 0),
      lost: lost[0]?.lost ?? 0,
      unexplainedMicros: money[0]?.off ?? 0,
    };
  });
}

/** Budgets that hold more than their limit at this moment. */
export const exceededBudgets = (instance: Instance): Promise<number> =>
  withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ over: number }>(
      'select count(*)::int as over from budget where charged_micros + reserved_micros > limit_micros',
    );
    return rows[0]?.over ?? 0;
  });
