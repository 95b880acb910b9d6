import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { KeyLimits, toRateLimits } from '../key-limits.ts';
import * as sql from '../key-statements.ts';

const changed = [{ kind: 'settings.changed' as const, payload: { what: 'providers' } }];
const gone = () =>
  new DomainError('not_found', 'id: there is no such key in this workspace, or it was removed.');

/** The order of a provider's keys, and whether they share the calls. */
export const arrangeKeys = command({
  name: 'settings.arrangeKeys',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'In which order a provider’s keys are used, or that they share its calls. A key that is refused or empty is passed over in either case.',
  input: z.object({
    provider: z.string().min(1).max(60),
    /** All of its keys, the first to be used first. */
    ids: z.array(z.uuid()).min(1).max(50),
    use: z.enum(['order', 'share']),
  }),
  output: z.object({ provider: z.string() }),
  async run({ tx, actor, now }, { provider, ids, use }) {
    const keys = (await tx.rows(sql.lockKeys, provider)).map(({ id }) => id);
    const same = new Set(ids).size === ids.length && keys.length === ids.length;
    if (!same || !keys.every((id) => ids.includes(id)))
      throw new DomainError(
        'conflict',
        'ids: name each key of the provider once; they have changed meanwhile.',
        {
          issues: [{ field: 'ids', problem: 'are not its keys', remedy: 'Load the page again.' }],
        },
      );
    await tx.rows(sql.placeKeys, ids);
    await tx.rows(sql.setKeyUse, provider, use, actor.id, now);
    return {
      output: { provider },
      audit: {
        action: 'provider.keys_arranged',
        subjectKind: 'provider',
        subjectId: provider,
        detail: { provider, ids, use },
      },
      events: changed,
    };
  },
});

/** How fast a key may be asked. */
export const setKeyLimits = command({
  name: 'settings.setKeyLimits',
  lane: 'hot',
  permission: 'providers.manage',
  summary: 'How fast a key may be asked, by its plan; null for what the vendor publishes.',
  input: z.object({ id: z.uuid(), limits: KeyLimits.nullable() }),
  output: Done,
  async run({ tx }, { id, limits }) {
    const [key] = await tx.rows(sql.setKeyLimits, id, limits && JSON.stringify(toRateLimits(limits)));
    if (!key) throw gone();
    return {
      output: { id },
      audit: {
        action: 'provider.key_limits_set',
        subjectKind: 'provider_credential',
        subjectId: id,
        detail: { provider: key.provider, limits },
      },
      events: changed,
    };
  },
});

/** A key that nothing new is asked with. */
export const removeKey = command({
  name: 'settings.removeKey',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'Ask nothing new with a key. Calls under way with it end as they would; its secret is forgotten once none needs it any more.',
  input: z.object({ id: z.uuid() }),
  output: Done,
  async run({ tx }, { id }) {
    const [key] = await tx.rows(sql.removeKey, id);
    if (!key) throw gone();
    return {
      output: { id },
      audit: {
        action: 'provider.key_removed',
        subjectKind: 'provider_credential',
        subjectId: id,
        detail: { provider: key.provider },
      },
      events: changed,
    };
  },
});
