import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { wakeWatchSources } from '@penstock/workflows/start-workflows';
import { z } from 'zod';

import type { GatewayDeps } from '../gateway-deps.ts';

const CONTROL_TIMEOUT_MS = 5_000;

const SunkMail = z.object({
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  receivedAt: z.string(),
  messageId: z.string(),
});
export type OutboxMail = Omit<z.output<typeof SunkMail>, 'to'> & { id: string; to: string };
const Filing = z.object({
  key: z.string(),
  accession: z.string(),
  form: z.string(),
  name: z.string(),
  publishedAt: z.string().nullable(),
});

type Deps = Pick<GatewayDeps, 'config' | 'store' | 'clock' | 'temporal' | 'log'>;

/** Only a sandbox workspace may look at or steer the simulators. */
async function assertSandbox(deps: Deps, workspaceId: string): Promise<void> {
  const workspaces = await deps.store.dueWork.workspaces();
  const isSandbox = workspaces.some(
    (workspace) => workspace.workspaceId === workspaceId && workspace.kind === 'sandbox',
  );
  if (!isSandbox || deps.config.PENSTOCK_SANDBOX_URL === '')
    throw new DomainError('sandbox_only', 'This exists only in a sandbox workspace.');
}

async function control<T extends z.ZodType>(
  deps: Deps,
  path: string,
  shape: T,
  body?: unknown,
): Promise<z.output<T>> {
  try {
    const reply = await fetch(`${deps.config.PENSTOCK_SANDBOX_URL}/control/${path}`, {
      signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (reply.status === 409)
      throw new DomainError('conflict', 'That filing is out already, or there is none left to release.');
    return shape.parse(await reply.json());
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError(
      'unavailable',
      'The simulators do not answer just now; they are restarted by themselves. Try again in a moment.',
      { cause },
    );
  }
}

/** Mails as the sink received them, newest first. */
export async function sandboxOutbox(deps: Deps, workspaceId: string): Promise<{ items: OutboxMail[] }> {
  await assertSandbox(deps, workspaceId);
  const mails = await control(deps, 'outbox', z.array(SunkMail));
  return { items: mails.map((mail) => ({ ...mail, id: mail.messageId, to: mail.to.join(', ') })) };
}

/** What is worth trying each filing for. */
const SHOWS: Record<string, string> = {
  notion: 'the real filing of 2020: $48,828,287 of $50,000,000',
  fund: 'a venture fund: gives no signal',
  hashnote: 'the real filing of a hedge fund: gives no signal',
  indefinite: 'the offering is "Indefinite"',
  'yet-to-occur': 'the first sale is yet to occur',
  amendment: 'amends the first one: corrects its signal',
  'old-amendment': 'amends what is older than our first look: gives no signal',
};

/** Filings that the EDGAR simulator can publish. */
export async function sandboxFilings(deps: Deps, workspaceId: string) {
  await assertSandbox(deps, workspaceId);
  const filings = await control(deps, 'edgar/filings', z.array(Filing));
  return {
    items: filings.map((filing) => ({
      key: filing.key,
      title: filing.name,
      kind: `Form ${filing.form}${SHOWS[filing.key] ? ` · ${SHOWS[filing.key]}` : ''}`,
      released: filing.publishedAt !== null,
    })),
  };
}

const makeDue = statement<{ shard: number }>(
  'make_watches_due',
  `update source_watch set due_at = $2 where workspace_id = $1 and source like 'sec-edgar/%' returning shard`,
);

/** Lets the EDGAR simulator publish a filing now, and has the watchers look at once. */
export async function releaseFiling(
  deps: Deps,
  workspaceId: string,
  key: string | undefined,
): Promise<{ key: string; title: string }> {
  await assertSandbox(deps, workspaceId);
  const released = await control(deps, 'edgar/release', Filing, key === undefined ? {} : { which: key });
  const watches = await deps.store.inWorkspace(workspaceId, (tx) => tx.rows(makeDue, deps.clock.now()));
  for (const shard of new Set(watches.map((watch) => watch.shard))) {
    await wakeWatchSources(deps.temporal, shard).catch(() =>
      deps.log.warn({ shard }, 'watchers are woken later: Temporal is not there'),
    );
  }
  return { key: released.key, title: `${released.form} · ${released.name}` };
}
