import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';

import { folderForTest } from './folder-for-test.ts';
import { isAlive } from './process-table.ts';
import { restartDelayMs, supervise, type Component, type SupervisorEvent } from './supervisor.ts';

/** A Node process of the given source, which says when it is ready. */
function script(
  source: string,
  stop: Component['command']['stop'] = [{ signal: 'SIGTERM', timeoutMs: 2_000 }],
): Component {
  return {
    name: 'probe',
    readyTimeoutMs: 5_000,
    command: {
      command: process.execPath,
      args: ['-e', source],
      environment: { PATH: process.env['PATH'] ?? '' },
      cwd: tmpdir(),
      logFile: join(folderForTest('supervisor'), 'probe.log'),
      channel: true,
      stop,
    },
    untilReady: (child) => child.saidReady,
  };
}

const SERVES = `process.send({ kind: 'ready' }); setInterval(() => {}, 1000);`;

describe('restartDelayMs', () => {
  it('doubles from 0.2 s and stays at 5 s', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map(restartDelayMs)).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });
});

describe('supervise', () => {
  it('starts again what was killed, and ends it for good when asked to', async () => {
    const events: SupervisorEvent[] = [];
    const supervised = supervise(script(SERVES), { onEvent: (event) => events.push(event) });
    await supervised.start();
    const first = supervised.pid() ?? 0;
    supervised.kill();
    await vi.waitFor(() => expect(events.at(-1)?.kind).toBe('restarted'), { timeout: 5_000 });
    const second = supervised.pid() ?? 0;
    expect(events[0]).toEqual({
      kind: 'ended',
      name: 'probe',
      how: 'was ended by SIGKILL',
      restartInMs: 200,
    });
    expect(isAlive(first)).toBe(false);
    expect(isAlive(second)).toBe(true);

    await supervised.stop();
    expect(isAlive(second)).toBe(false);
    expect(events).toHaveLength(2);
  });

  it('waits longer after each failure in a row', async () => {
    const delays: number[] = [];
    const supervised = supervise(script(`process.send({ kind: 'ready' }, () => process.exit(3));`), {
      onEvent: (event) => event.kind === 'ended' && delays.push(event.restartInMs),
    });
    await supervised.start();
    await vi.waitFor(() => expect(delays.slice(0, 3)).toEqual([200, 400, 800]), { timeout: 5_000 });
    await supervised.stop();
  });

  it('tells why the first start failed, with the end of the log', async () => {
    const supervised = supervise(script(`console.error('no such table'); process.exit(1);`));
    await expect(supervised.start()).rejects.toThrow(
      /probe did not start: it ended with code 1[^]*no such table/,
    );
    await supervised.stop();
  });

  it('kills what does not end when asked to', async () => {
    const stubborn = script(`process.on('SIGTERM', () => {}); ${SERVES}`, [
      { signal: 'SIGTERM', timeoutMs: 100 },
    ]);
    const supervised = supervise(stubborn);
    await supervised.start();
    const pid = supervised.pid() ?? 0;
    await supervised.stop();
    expect(isAlive(pid)).toBe(false);
  });
});
