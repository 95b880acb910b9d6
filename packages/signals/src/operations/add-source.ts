import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { SourceSettingsInput } from '../contracts.ts';

const MAX_CONFIGURED = 200;

const countConfigured = statement<{ count: number; same: number }>(
  'count_configured_sources',
  `select count(*)::int as count, (count(*) filter (where settings ->> 'url' = $2))::int as same
   from source_watch where workspace_id = $1 and settings <> '{}' and removed_at is null`,
);
/** @throws DomainError `conflict` for an address that is watched, and for one source too many */
export async function assertNotWatched(tx: Tx, url: string): Promise<void> {
  const there = await maybeOne(tx, countConfigured, url);
  if (there !== null && there.same > 0)
    throw new DomainError('conflict', 'url: this address is watched already. Look for it under Sources.');
  if (there !== null && there.count >= MAX_CONFIGURED)
    throw new DomainError(
      'conflict',
      `A workspace watches at most ${MAX_CONFIGURED} sources of its own. Ask for more in fewer feeds.`,
    );
}

export const insertConfigured = statement(
  'insert_configured_source',
  `insert into source_watch (workspace_id, id, source, name, settings, due_at) values ($1, $2, $3, $4, $5::jsonb, $6)`,
);

export const addSource = command({
  name: 'sources.add',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'Watch a press feed (RSS or Atom) or a state’s file of WARN notices (CSV). What is there at the first look is the baseline, not news.',
  input: z.strictObject({
    name: plainText(80).pipe(z.string().min(2, 'is too short')),
    settings: SourceSettingsInput,
  }),
  output: Done,
  async run({ tx, now }, { name, settings }) {
    await assertNotWatched(tx, settings.url);
    const id = newId(now);
    await tx.rows(insertConfigured, id, `${settings.kind}/${id}`, name, JSON.stringify(settings), now);
    return {
      output: { id },
      audit: {
        action: 'source.added',
        subjectKind: 'source_watch',
        subjectId: id,
        detail: { kind: settings.kind },
      },
      events: [{ kind: 'source.changed', payload: { watchId: id } }],
    };
  },
});

const setActive = statement<{ id: string }>(
  'set_source_active',
  'update source_watch set active = $3, due_at = case when $3 then $4::timestamptz else due_at end where workspace_id = $1 and id = $2 and removed_at is null returning id',
);

export const switchSource = command({
  name: 'sources.switch',
  lane: 'hot',
  permission: 'providers.manage',
  summary: 'Stop looking at a source, or look at it again. What it told stays.',
  input: z.strictObject({ id: z.uuid(), active: z.boolean() }),
  output: Done,
  async run({ tx, now }, { id, active }) {
    if ((await maybeOne(tx, setActive, id, active, now)) === null)
      throw new DomainError('not_found', 'There is no such source. Look for it under Sources.');
    return {
      output: { id },
      audit: {
        action: active ? 'source.resumed' : 'source.stopped',
        subjectKind: 'source_watch',
        subjectId: id,
      },
      events: [{ kind: 'source.changed', payload: { watchId: id } }],
    };
  },
});
