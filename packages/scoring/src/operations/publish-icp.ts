import { Done, Instant, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import type { Tx } from '@penstock/store/tx';
import { maybeOne } from '@penstock/store/tx';
import type { Change } from '@penstock/workspace/operation';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { catchUp, dropLeftovers, LOWEST_ID, startIcpBuild, takeOverFits, workBatch } from '../icp-build.ts';
import * as sql from '../icp-build-statements.ts';
import { boundForgetter } from '../bound-switch.ts';
import { secondsLeft } from '../model/time-left.ts';

/** So many accounts are judged before the answer; more of them by the workers, behind it. */
const AT_ONCE = 3_000;
const LATELY_S = 20;

/** Fits are built beside those in force and switched in one step: no reader sees two versions mixed. */
export const publishIcp = command({
  name: 'settings.publishIcp',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Publish a draft, or an earlier version again. Few accounts are scored by it at once, many behind the answer: until then the version before counts.',
  input: z.object({ versionId: z.uuid(), note: plainText(500).default('') }),
  output: Done.extend({ state: z.enum(['published', 'building']) }),
  async prepare({ store, actor, now }, { versionId, note }) {
    const { workspaceId } = actor;
    const build = await startIcpBuild(store, workspaceId, { versionId, note, requestedBy: actor.id }, now);
    if (!build || build.accounts > AT_ONCE) return { build, ready: false };
    while (await workBatch(store, workspaceId, build, now));
    return { build, ready: await catchUp(store, workspaceId, build, now) };
  },
  async run({ tx, now, afterwards, prepared: { build, ready } }, { versionId }) {
    if (!build)
      throw new DomainError(
        'conflict',
        'This version is published already or was removed. Load the versions again.',
      );
    if (ready && (await takeOverFits(tx, build.id, now))) {
      await dropLeftovers(tx, build, LOWEST_ID);
      afterwards(boundForgetter());
      return changed('icp.published', versionId, { id: versionId, state: 'published' as const });
    }
    await tx.rows(sql.hastenIcpBuild, build.id, now);
    return changed('icp.build_started', versionId, { id: versionId, state: 'building' as const });
  },
});

const changed = <Output>(action: string, versionId: string, output: Output): Change<Output> => ({
  output,
  audit: { action, subjectKind: 'document_version', subjectId: versionId },
  events: [{ kind: 'settings.changed', payload: { what: 'icp' } }],
});

export const readIcpBuild = query({
  name: 'settings.icpBuild',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'The version of the ideal customer profile that is being published, with how far it is.',
  input: z.object({}),
  output: z.object({
    build: z
      .object({
        versionId: z.string(),
        number: z.int(),
        startedAt: Instant,
        startedBy: z.string(),
        accounts: z.int(),
        done: z.int(),
        /** Null before there is anything to judge by. */
        secondsLeft: z.int().nullable(),
      })
      .nullable(),
  }),
  async run({ tx, now }) {
    const build = await maybeOne(tx, sql.readIcpBuildAtWork, new Date(now.getTime() - LATELY_S * 1_000));
    if (!build) return { build: null };
    const { versionId, number, startedAt, accounts, done, doneLately } = build;
    const latelyS = Math.min(LATELY_S, (now.getTime() - startedAt.getTime()) / 1_000);
    return {
      build: {
        versionId,
        number,
        startedAt,
        startedBy: build.by ?? build.requestedBy,
        accounts,
        done,
        secondsLeft: secondsLeft({ left: accounts - done, doneLately, latelyS }),
      },
    };
  },
});

export const cancelIcpBuild = command({
  name: 'settings.cancelIcpBuild',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Stop publishing a version of the profile; the one in force stays, and a draft stays a draft.',
  input: z.object({ versionId: z.uuid() }),
  output: Done,
  async run({ tx, now }, { versionId }) {
    const build = await maybeOne(tx, sql.readIcpBuildAtWork, now);
    if (build?.versionId !== versionId || !(await maybeOne(tx, sql.endIcpBuild, build.id, 'cancelled', now)))
      throw new DomainError(
        'conflict',
        'This version is not being published: it is already, or was cancelled.',
      );
    return changed('icp.build_cancelled', versionId, { id: versionId });
  },
});

/** @throws DomainError `conflict` if a version is being published: its words stay as they are */
export async function refuseWhileBuilt(tx: Tx, versionId: string): Promise<void> {
  const build = await maybeOne(tx, sql.readIcpBuildAtWork, new Date(0));
  if (build?.versionId === versionId)
    throw new DomainError(
      'conflict',
      `Version ${build.number} is being published as it is. Wait for it, or cancel that first.`,
    );
}
