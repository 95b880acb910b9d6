import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';

import { adminUrl } from '../walk/admin-url.ts';

const RUNNER = resolve(import.meta.dirname, 'chunk-runner.ts');
/** Every place where money may be lost: before and after the calls of the first level and of the second. */
const POINTS = [
  'level.reserved:kill:1:0',
  'level.answered:kill:1:0',
  'level.reserved:kill:1:1',
  'level.answered:kill:1:1',
] as const;
/** One waits for its database or its vendor while others begin. */
const AT_ONCE = 3;
/** Few calls are under way in a chunk of this size, so few end unknown. */
const PER_CHUNK = 10;

/**
 * Works the first chunks of a run, each in a process of its own that a fault point kills. What is left of the run is for others.
 * @returns how many processes died of their fault point; the others came to their end first
 */
export async function killAtFaultPoints(
  instance: Instance,
  run: { workspaceId: string; runId: string; kills: number },
  say: (line: string) => void,
): Promise<number> {
  const { workspaceId, runId, kills } = run;
  await cutSmall(instance, runId);
  const chunks = Array.from({ length: kills }, (_, chunk) => chunk).values();
  let killed = 0;
  const work = async (): Promise<void> => {
    for (const chunk of chunks) {
      const child = fork(RUNNER, [workspaceId, runId, String(chunk)], {
        env: {
          ...process.env,
          ...instance.environment,
          PENSTOCK_FAULT_POINTS: POINTS[chunk % POINTS.length],
        },
        stdio: 'inherit',
      });
      // Safe: what a child process ends with.
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      if (signal === 'SIGKILL') killed += 1;
      else if (code !== 0) throw new Error(`the runner of chunk ${chunk} ended with ${code ?? signal}`);
      if (killed % 100 === 0 && signal !== null) say(`${killed} processes killed at fault points`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return killed;
}

/** Nobody works on the run yet: its chunks are made smaller than the product would. */
async function cutSmall(instance: Instance, runId: string): Promise<void> {
  await withConnection(adminUrl(instance), async (client) => {
    await client.query(
      `update list_run_record r set chunk = (n.at - 1) / $2::int
       from (select person_id, row_number() over (order by person_id) as at from list_run_record where run_id = $1) n
       where r.run_id = $1 and r.person_id = n.person_id`,
      [runId, PER_CHUNK],
    );
    await client.query('delete from list_run_chunk where run_id = $1', [runId]);
    await client.query(
      `insert into list_run_chunk (workspace_id, run_id, chunk, records, updated_at)
       select workspace_id, run_id, chunk, count(*)::int, now() from list_run_record where run_id = $1 group by 1, 2, 3`,
      [runId],
    );
    await client.query(
      'update list_run set chunks = (select count(*)::int from list_run_chunk where run_id = $1) where id = $1',
      [runId],
    );
  });
}
