import { useQueryClient } from '@tanstack/react-query';

import { question, useChange, useMe } from '../../api/hooks.ts';
import type { QueueOutcome } from '../../api/procedures.ts';
import type { QueueItem } from '../../api/records.ts';
import { exact } from '../../format/moment.ts';
import { words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';

type List = {
  drop: (id: string) => void;
  putBack: (item: QueueItem, index: number) => void;
  /** Opens the item after the one that is put away. */
  next: () => void;
};

/** What can be done with a queue item: claim, release, snooze, complete; the last two with undo. */
export function useQueueActions(list: List) {
  const queries = useQueryClient();
  const { member } = useMe();
  const claim = useChange('queue.claim', {
    stale: ['queue.list', 'leads.get'],
    onDone: (item) => {
      queries.setQueryData(question('queue.get', { id: item.id }).queryKey, item);
      say.done(`${item.account.name} is yours`);
    },
    onFailure: (failure, { id }) => {
      if (failure.code !== 'conflict') return false;
      const by = failure.details['claimedByName'];
      say.problem(
        typeof by === 'string' ? `${by} was faster` : failure.message,
        'Nothing of yours is lost. The next item is below.',
      );
      void queries.invalidateQueries({ queryKey: ['queue.list'] });
      void queries.invalidateQueries({ queryKey: question('queue.get', { id }).queryKey });
      return true;
    },
  });
  const release = useChange('queue.release', {
    stale: ['queue.list', 'queue.get'],
    onDone: () => say.done('Released for others'),
  });
  const reopen = useChange('queue.reopen', { stale: ['queue.list', 'queue.get'] });
  const snooze = useChange('queue.snooze', { stale: ['queue.list', 'queue.get'] });
  const passOn = useChange('queue.passOn', { stale: ['queue.list', 'queue.get'] });
  const complete = useChange('queue.complete', { stale: ['queue.list', 'queue.get'] });

  const putAway = (item: QueueItem, index: number, text: string) => {
    list.next();
    list.drop(item.id);
    say.done(text, () => reopen.mutate({ id: item.id }, { onSuccess: () => list.putBack(item, index) }));
  };
  return {
    claim: (item: QueueItem) => claim.mutate({ id: item.id }),
    release: (item: QueueItem) => release.mutate({ id: item.id }),
    snooze: (item: QueueItem, index: number, until: Date | null) =>
      snooze.mutate(until ? { id: item.id, until: until.toISOString() } : { id: item.id, orSignal: true }, {
        onSuccess: () =>
          putAway(
            item,
            index,
            until
              ? `${item.account.name} comes back ${exact(until.toISOString(), member.timeZone)}`
              : `${item.account.name} comes back when something new happens`,
          ),
      }),
    complete: (item: QueueItem, index: number, outcome: QueueOutcome) =>
      complete.mutate(
        { id: item.id, outcome },
        { onSuccess: () => putAway(item, index, `${item.account.name}: ${words(outcome).toLowerCase()}`) },
      ),
    passOn: (item: QueueItem, _index: number, to: { id: string; name: string }, reason: string) =>
      passOn.mutate(
        { id: item.id, toMemberId: to.id, reason },
        {
          onSuccess: () => {
            list.next();
            say.done(`${item.account.name} is ${to.name}’s now`, () =>
              passOn.mutate({ id: item.id, toMemberId: item.owner?.id ?? null, reason: 'Undone' }),
            );
          },
        },
      ),
    claiming: claim.isPending,
  };
}
export type QueueActions = ReturnType<typeof useQueueActions>;
