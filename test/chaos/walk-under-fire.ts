import { setTimeout as sleep } from 'node:timers/promises';

import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import type { Instance } from '@penstock/infra-local/instance-options';
import { buildWorld } from '@penstock/sandbox/world/build-world';
import type { WorldPerson } from '@penstock/sandbox/world/world';
import type { TRPCClient } from '@trpc/client';

import { adminUrl } from '../walk/admin-url.ts';
import { signInToConsole } from '../walk/console-client.ts';
import { sendForm, visitors } from '../walk/form-walk.ts';
import { seconds, until } from '../walk/waiting.ts';

export const VICTIMS = ['gateway', 'worker', 'temporal', 'postgres', 'sandbox'] as const;

/** Filings of sandbox companies that are released one after the other. */
const FILINGS = ['round-5', 'round-6', 'round-7', 'round-8', 'round-9', 'round-10', 'indefinite'];
const RECOVERY_MS = 120_000;

export type FireReport = {
  kills: number;
  forms: number;
  filings: number;
  lost: string[];
  twice: string[];
  unknownCalls: number;
  unknownMails: number;
  slowestMs: number;
};

/**
 * Sends forms and filings while one process after the other is killed with SIGKILL, then waits until all is quiet and compares: every
 * acknowledged form is one lead with at most one mail, every filing one signal, every charge of the vendors one row of the ledger.
 */
export async function walkUnderFire(
  instance: Instance,
  rounds: number,
  say: (line: string) => void,
): Promise<FireReport> {
  const admin = instance.seeded?.signIns.find((one) => one.role === 'admin');
  if (!admin || !instance.seeded) throw new Error('the sandbox was not seeded');
  const world = buildWorld();
  // The first visitors belong to the quiet walk.
  const people = visitors(world, rounds * VICTIMS.length * 3 + 1).slice(1);
  const acknowledged: { person: WorldPerson; leadId: string; sentAt: number }[] = [];
  const released: string[] = [];
  let kills = 0;
  const console_ = await signInToConsole(instance.publicUrl, admin);
  await until('the first look at EDGAR', async () =>
    (await console_.sources.list.query({})).items.every(
      ({ active, health }) => !active || health === 'healthy',
    ),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const victim of VICTIMS) {
      const batch = people.splice(0, 3);
      const sending = batch.map(async (person, index) => {
        await sleep(index * 120);
        const company = world.companyByKey.get(person.companyKey)?.name ?? '';
        const sentAt = performance.now();
        const leadId = await until(
          'an acknowledged form',
          () => sendForm(instance.seeded?.formUrl ?? '', person, company),
          RECOVERY_MS,
          200,
        );
        acknowledged.push({ person, leadId, sentAt });
      });
      const key = FILINGS[released.length];
      if (key !== undefined) {
        await until('a released filing', () => release(console_, key), RECOVERY_MS, 200);
        released.push(key);
      }
      await sleep(80 + Math.random() * 300);
      instance.kill(victim);
      kills += 1;
      await Promise.all(sending);
      await until(`${victim} back`, async () => instance.pids()[victim] !== undefined, RECOVERY_MS);
      say(`killed ${victim}: ${batch.length} forms acknowledged, filing ${key ?? '–'}`);
    }
  }
  await instance.waitHealthy(RECOVERY_MS);
  const slowestMs = await settled(console_, acknowledged);
  return compare(instance, { kills, acknowledged, released, slowestMs });
}

/** True once it is out: also if the answer to an earlier attempt was lost. */
async function release(console_: TRPCClient<AppRouter>, key: string): Promise<boolean> {
  const known = (await console_.sandbox.filings.query({})).items.find((filing) => filing.key === key);
  if (known?.released) return true;
  await console_.sandbox.releaseFiling.mutate({ key });
  return true;
}

async function settled(
  console_: TRPCClient<AppRouter>,
  acknowledged: readonly { leadId: string; sentAt: number }[],
): Promise<number> {
  let slowestMs = 0;
  for (const lead of acknowledged) {
    const seen = await until(
      `lead ${lead.leadId} settled`,
      async () => {
        const found = await console_.leads.get.query({ id: lead.leadId });
        return found.events.some((event) => event.kind === 'enriched') && found;
      },
      RECOVERY_MS,
      100,
    );
    const at = seen.events.find((event) => event.kind === 'routed')?.occurredAt ?? seen.receivedAt;
    slowestMs = Math.max(slowestMs, Date.parse(at) - Date.parse(seen.receivedAt));
  }
  return slowestMs;
}

type Fired = {
  kills: number;
  acknowledged: { person: WorldPerson; leadId: string }[];
  released: string[];
  slowestMs: number;
};

async function compare(instance: Instance, fired: Fired): Promise<FireReport> {
  const lost: string[] = [];
  const twice: string[] = [];
  const charges = (await (await fetch(`${instance.sandboxUrl}/control/charges`)).json()) as {
    byPerson: { vendor: string; capability: string; personKey: string; count: number }[];
    total: { charges: number };
  };
  const outbox = (await (await fetch(`${instance.sandboxUrl}/control/outbox`)).json()) as { to: string[] }[];
  const filings = (await (await fetch(`${instance.sandboxUrl}/control/edgar/filings`)).json()) as {
    key: string;
    accession: string;
    form: string;
  }[];
  return withConnection(adminUrl(instance), async (admin) => {
    const count = async (sql: string, values: unknown[]): Promise<number> =>
      Number((await admin.query<{ n: string }>(sql, values)).rows[0]?.n ?? 0);
    for (const { person, leadId } of fired.acknowledged) {
      const name = person.key;
      if ((await count('select count(*) as n from lead where id = $1', [leadId])) === 0)
        lost.push(`form of ${name}`);
      if ((await count('select count(*) as n from lead where email = $1', [person.email])) > 1)
        twice.push(`lead of ${name}`);
      const mails = outbox.filter((mail) => mail.to.includes(person.email)).length;
      const accepted = await count(
        `select count(*) as n from outgoing_mail where lead_id = $1 and state = 'accepted'`,
        [leadId],
      );
      if (mails > 1) twice.push(`mail to ${name}`);
      if (mails < accepted) lost.push(`mail to ${name}`);
      if ((await count(`select count(*) as n from signal where event_key = $1`, [`lead:${leadId}`])) !== 1)
        lost.push(`signal of ${name}`);
    }
    for (const key of fired.released) {
      const accession = filings.find((filing) => filing.key === key)?.accession ?? '';
      const told = await until(
        `filing ${key}`,
        async () =>
          (await count(`select count(*) as n from source_item where key = $1 and state = 'signal'`, [
            accession,
          ])) || null,
        RECOVERY_MS,
      ).catch(() => 0);
      if (told === 0) lost.push(`filing ${key}`);
    }
    for (const row of charges.byPerson.filter((one) => one.count > 1))
      twice.push(`${row.vendor} ${row.capability} of ${row.personKey}`);
    const ledger = await admin.query<{ state: string; n: string }>(
      `select state, count(*) as n from spend_ledger where state in ('charged', 'unknown') group by state`,
    );
    const of = (state: string) => Number(ledger.rows.find((row) => row.state === state)?.n ?? 0);
    if (charges.total.charges < of('charged'))
      lost.push(`${of('charged') - charges.total.charges} charges that no vendor made`);
    if (charges.total.charges > of('charged') + of('unknown'))
      lost.push(
        `${charges.total.charges - of('charged') - of('unknown')} charges that are not in the ledger`,
      );
    return {
      kills: fired.kills,
      forms: fired.acknowledged.length,
      filings: fired.released.length,
      lost,
      twice,
      unknownCalls: of('unknown'),
      unknownMails: await count(`select count(*) as n from outgoing_mail where state = 'unknown'`, []),
      slowestMs: fired.slowestMs,
    };
  });
}

export const fireLine = (report: FireReport): string =>
  `kills=${report.kills} forms=${report.forms} filings=${report.filings} lost=${report.lost.length} twice=${report.twice.length} unknown_calls=${report.unknownCalls} unknown_mails=${report.unknownMails} slowest_routing=${seconds(report.slowestMs)}`;
