import type { Clock } from '@penstock/kernel/clock';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { insertAudit, auditValues } from '@penstock/workspace/audit';
import { systemActor } from '@penstock/workspace/model/actor';
import { emitEvents } from '@penstock/store/outbox';

import { giveWay } from './give-way.ts';
import { forgetBounds } from './bound-switch.ts';
import * as sql from './icp-build-statements.ts';
import { catchUp, dropLeftovers, LOWEST_ID, takeOverFits, workBatch } from './icp-build.ts';

type Deps = { store: Store; clock: Clock };

const BUILDS = 10;
/** So long one build is worked on before another is looked at. */
const TURN_MS = 2_000;
/** Judging keeps two processors busy, the worker's and the database's: it rests as long as it works. */
const RESTS = 1;

/** Works on builds of profiles that are under way, whichever process began them, and removes what no longer counts. */
export async function workIcpBuilds({ store, clock }: Deps): Promise<number | void> {
  const due = await store.dueWork.dueIcpBuilds(clock.now(), BUILDS);
  let more = false;
  for (const { workspaceId, buildId } of due) {
    const build = await store.inWorkspace(workspaceId, (tx) => maybeOne(tx, sql.readIcpBuild, buildId));
    if (build?.state === 'building') more = (await work({ store, clock }, workspaceId, build)) || more;
    else if (build) await removeLeftovers({ store, clock }, workspaceId, build);
  }
  return more ? 0 : undefined;
}

/** True if there is more to do at once. */
async function work(deps: Deps, workspaceId: string, build: sql.IcpBuild): Promise<boolean> {
  const { store, clock } = deps;
  const until = performance.now() + TURN_MS;
  // One batch at a time, with a rest: whoever reads meanwhile comes first, and further workers help.
  for (;;) {
    const start = performance.now();
    if (!(await workBatch(store, workspaceId, build, clock.now()))) break;
    if (performance.now() > until) return true;
    await giveWay(performance.now() - start, RESTS);
  }
  if (!(await catchUp(store, workspaceId, build, clock.now()))) return false;
  const now = clock.now();
  await store.inWorkspace(workspaceId, (tx) => publish(tx, build, now));
  await forgetBounds(store, workspaceId);
  return true;
}

async function publish(tx: Tx, build: sql.IcpBuild, now: Date): Promise<void> {
  if (!(await takeOverFits(tx, build.id, now))) return;
  const actor = { ...systemActor(tx.workspaceId, 'worker'), kind: 'member' as const, id: build.requestedBy };
  await tx.rows(
    insertAudit,
    ...auditValues(
      { actor, requestId: `icp-build/${build.id}`, now },
      { action: 'icp.published', subjectKind: 'document_version', subjectId: build.versionId },
    ),
  );
  await emitEvents(tx, now, [{ kind: 'settings.changed', payload: { what: 'icp' } }]);
}

/** What counted before, or what was built of a cancelled one; slice by slice, so that nobody waits. */
async function removeLeftovers({ store }: Deps, workspaceId: string, build: sql.IcpBuild): Promise<void> {
  let after: string | null = LOWEST_ID;
  while (after !== null) {
    const from: string = after;
    const start = performance.now();
    after = await store.inWorkspace(workspaceId, (tx) => dropLeftovers(tx, build, from));
    await giveWay(performance.now() - start);
  }
}
