import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { dropChecks } from '../champion-checks/check-statements.ts';
import * as sql from '../champion-statements.ts';
import { CHAMPION_TIERS } from '../model/departure.ts';
import { retainedUntil, watchingPolicy } from '../report-departure.ts';

export const Tier = z.enum(CHAMPION_TIERS);
const NO_PERSON = 'There is no such person in this workspace, or they were erased.';

const changed = (personId: string, accountId: string | null) =>
  [{ kind: 'person.changed', payload: { personId, accountId } }] as const;

/** Only people with whom the workspace has had contact, and only while a note says why. */
export const markChampion = command({
  name: 'champions.mark',
  lane: 'hot',
  permission: 'account.write',
  summary: 'Mark a person as a champion, in a tier, or (tier null) no longer.',
  input: z.strictObject({ personId: z.uuid(), tier: Tier.nullable() }),
  output: Done,
  async run({ tx, actor, now }, { personId, tier }) {
    const policy = await watchingPolicy(tx);
    const person = await maybeOne(tx, sql.lockMarkable, personId);
    if (!person) throw new DomainError('not_found', NO_PERSON);
    const action = tier === null ? 'champion.unmarked' : 'champion.marked';
    const audit = { action, subjectKind: 'person', subjectId: personId, detail: { tier } };
    if (tier === null) {
      const was = person.state === null || person.state === 'objected';
      if (!was) await tx.rows(sql.setChampionState, personId, 'ended', actor.id, now);
      return { output: { id: personId }, audit, events: [...changed(personId, person.accountId)] };
    }
    if (policy === null)
      throw new DomainError(
        'conflict',
        'Champions are not watched here yet. Record the legitimate interest under Settings → Champions first.',
      );
    const accountId = assertMarkable(person);
    await tx.rows(sql.markChampion, personId, accountId, tier, actor.id, now, retainedUntil(policy, now));
    return { output: { id: personId }, audit, events: [...changed(personId, accountId)] };
  },
});

function assertMarkable(person: sql.MarkablePerson): string {
  if (person.state === 'objected')
    throw new DomainError(
      'conflict',
      'This person has objected to being watched. That can’t be overruled here.',
    );
  if (person.leftAt !== null || person.accountId === null)
    throw new DomainError(
      'conflict',
      'This person works at no account of yours. Mark them at their new company.',
    );
  if (!person.contacted)
    throw new DomainError(
      'conflict',
      'Nobody here has had contact with this person. Record the call, mail or meeting first.',
    );
  return person.accountId;
}

/** An objection ends the watching, removes what waits for confirmation, and stays. */
export const recordObjection = command({
  name: 'champions.object',
  lane: 'hot',
  permission: 'account.write',
  summary: 'Record that a person objects to being watched: it ends at once and can’t be begun again.',
  input: z.strictObject({ personId: z.uuid() }),
  output: Done,
  async run({ tx, actor, now }, { personId }) {
    const objected = await maybeOne(tx, sql.insertObjection, personId, actor.id, now);
    if (!objected) throw new DomainError('not_found', NO_PERSON);
    await tx.rows(sql.dropDepartures, personId);
    await tx.rows(dropChecks, personId);
    return {
      output: { id: personId },
      audit: { action: 'champion.objected', subjectKind: 'person', subjectId: personId },
      events: [...changed(personId, objected.accountId)],
    };
  },
});
