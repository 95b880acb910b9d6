import { Done } from '@penstock/kernel/contract';
import type { DomainEvent } from '@penstock/store/outbox';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { MergePort } from '../merge-port.ts';
import { mergeRecords } from '../merge-records.ts';
import { endMerge } from '../merge-statements.ts';
import { undoMerge } from '../undo-merge.ts';
import { Pair, Take } from './review-duplicates.ts';

export const mergeDuplicatesOperation = (port: MergePort) =>
  command({
    name: 'duplicates.merge',
    lane: 'hot',
    permission: 'account.write',
    summary:
      'Make one record of two. Signals, deals, calls to providers, activities and what must not be looked up go over; `take` names the fields whose value comes from the other. Can be undone.',
    input: Pair.extend({ take: Take }),
    output: Done,
    async run({ tx, actor, now }, order) {
      const id = await mergeRecords(tx, port, order, { memberId: actor.id, now });
      return {
        output: { id },
        audit: {
          action: `${order.kind}.merged`,
          subjectKind: order.kind,
          subjectId: order.keepId,
          detail: { otherId: order.otherId, take: order.take },
        },
        events: eventsOf(order.kind, [order.keepId, order.otherId]),
      };
    },
  });

export const undoMergeOperation = (port: MergePort) =>
  command({
    name: 'duplicates.undo',
    lane: 'hot',
    permission: 'account.write',
    summary: 'Make two records of a merged one again. What came since stays with the one that was kept.',
    input: z.strictObject({ id: z.uuid() }),
    output: Done,
    async run({ tx, actor, now }, { id }) {
      const { kind, keptId, otherId } = await undoMerge(tx, port, id, now);
      await tx.rows(endMerge, id, actor.id, now);
      return {
        output: { id },
        audit: { action: `${kind}.merge_undone`, subjectKind: kind, subjectId: keptId, detail: { otherId } },
        events: eventsOf(kind, [keptId, otherId]),
      };
    },
  });

const eventsOf = (kind: 'person' | 'account', ids: readonly string[]): DomainEvent[] =>
  ids.map((id) =>
    kind === 'person'
      ? { kind: 'person.changed', payload: { personId: id, accountId: null } }
      : { kind: 'account.changed', payload: { accountId: id } },
  );
