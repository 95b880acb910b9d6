import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { adaptersWith } from './described-providers.ts';
import { markInterrupted } from './ledger.ts';
import type { Waterfall } from './model/waterfall.ts';
import * as sql from './run-statements.ts';
import { WaterfallBody } from './waterfall-document.ts';
import type { RunRequest, WaterfallDeps } from './waterfall-run.ts';

/** What stays as it is while a run is worked on. */
export type OpenRun = RunRequest & {
  waterfall: Waterfall;
  startedAt: Date;
  /** Of whoever had the lead when it began. */
  teamId: string | null;
  /** The person's address when it began. */
  emailKey: string | null;
  credentials: readonly sql.CredentialRow[];
  /** Those that this workspace can ask, described ones among them. */
  adapters: WaterfallDeps['adapters'];
};

/** Begins a run, or takes up one that was interrupted: calls of its own that nobody can be making any more are of unknown charge. */
export async function openRun(deps: WaterfallDeps, request: RunRequest): Promise<OpenRun> {
  const now = deps.clock.now();
  const open = async (tx: Tx): Promise<OpenRun> => {
    const { versionId } = await publishedDocument(tx, 'waterfall');
    const [, { body, startedAt }, person, credentials, calls] = await Promise.all([
      tx.rows(sql.startRun, request.runId, request.personId, request.leadId, versionId, now),
      one(tx, sql.readRunVersion, request.runId),
      maybeOne(tx, sql.readPerson, request.personId, request.leadId),
      tx.rows(sql.readCredentials),
      tx.rows(sql.readCalls, request.personId),
    ]);
    await giveUpOwn(tx, request, calls, now);
    const waterfall = WaterfallBody.parse(body);
    return {
      ...request,
      waterfall,
      startedAt,
      teamId: person?.teamId ?? null,
      emailKey: person?.emailKey ?? null,
      credentials,
      adapters: adaptersWith(deps, credentials),
    };
  };
  const byMs = request.leadId === null ? Number.POSITIVE_INFINITY : performance.now() + BEGUN_WITHIN_MS;
  return deps.store.together(request.workspaceId, open, byMs);
}

/** Its deadline is not read yet; leads that are under way have nearer ones. */
const BEGUN_WITHIN_MS = 15_000;

/** Whoever reserved these is gone: only one runner works on a run at a time. */
async function giveUpOwn(
  tx: Tx,
  { runId }: RunRequest,
  calls: readonly sql.EarlierCall[],
  now: Date,
): Promise<void> {
  const mine = calls.filter((call) => call.runId === runId && call.state === 'reserved' && !call.parked);
  if (mine.length > 0)
    await markInterrupted(
      tx,
      mine.map((call) => call.ledgerId),
      now,
    );
}
