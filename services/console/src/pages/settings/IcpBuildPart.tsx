import { Alert, Button, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { duration } from '../../format/moment.ts';
import { say } from '../../ui/notify.tsx';
import { ICP_STALE } from './icp-words.ts';
import { When } from '../../ui/When.tsx';

export type IcpBuild = NonNullable<QueryOutput<'settings.icpBuild'>['build']>;

const LOOK_MS = 1_000;

/** The version that is being published, looked at again while there is one; what follows from it is asked anew once it counts. */
export function useIcpBuild(): IcpBuild | null {
  const queries = useQueryClient();
  const [looking, setLooking] = useState(false);
  const answer = useAnswer('settings.icpBuild', {}, looking ? { refetchMs: LOOK_MS } : {});
  const build = answer.data?.build ?? null;
  const working = build !== null;
  useEffect(() => {
    if (looking && !working)
      for (const path of ICP_STALE) void queries.invalidateQueries({ queryKey: [path] });
    setLooking(working);
  }, [looking, working, queries]);
  return build;
}

/** How far it is, how long it takes, and the way out; until it is done, the version before counts. */
export function IcpBuildPart({ build, editable }: { build: IcpBuild; editable: boolean }) {
  const cancel = useChange('settings.cancelIcpBuild', {
    stale: ['settings.icpBuild', 'settings.icp'],
    onDone: () => say.done('Cancelled. The version before goes on counting; the draft is kept.'),
  });
  const { accounts, done, number, secondsLeft } = build;
  const count = (value: number) => value.toLocaleString('en');
  return (
    <Alert color="blue" variant="light" role="status" mb="lg" title={`Version ${number} is being published`}>
      <Progress
        value={accounts === 0 ? 100 : (done / accounts) * 100}
        aria-label={`Accounts judged by version ${number}`}
        mb="xs"
      />
      <p className="num">
        {done < accounts
          ? `${count(done)} of ${count(accounts)} accounts judged${secondsLeft === null ? '' : `, about ${duration(Math.max(1, secondsLeft) * 1_000)} left`}.`
          : 'All accounts judged; what has changed meanwhile is looked at again, then it counts.'}{' '}
        The version before counts until then, for everybody.
      </p>
      <p className="dim">
        Begun by {build.startedBy} <When at={build.startedAt} />.
      </p>
      {editable && (
        <Button
          mt="sm"
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ versionId: build.versionId })}
        >
          Cancel
        </Button>
      )}
    </Alert>
  );
}
