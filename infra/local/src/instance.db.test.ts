import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';

import { throwAwayDataDir } from './data-folder.ts';
import { startInstance } from './instance.ts';
import type { InstanceOptions } from './instance-options.ts';
import { withConnection } from './postgres-connection.ts';
import { freePorts } from './ports.ts';
import { isAlive } from './process-table.ts';

async function databaseOnly(): Promise<InstanceOptions> {
  const dataDir = await throwAwayDataDir('instance-test');
  return {
    dataDir,
    label: 'instance-test',
    services: [],
    seed: false,
    temporal: false,
    postgresSettings: { fsync: 'off' },
  };
}

it('brings Postgres back after kill -9 with everything that was committed', async () => {
  await using instance = await startInstance(await databaseOnly());
  const { migrator } = instance.databaseUrls;
  await withConnection(migrator, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS seven'));
  const before = instance.pids()['postgres'];

  instance.kill('postgres');
  await expect.poll(() => instance.pids()['postgres']).not.toBe(before);
  await instance.waitHealthy();

  const { rows } = await withConnection(migrator, (client) => client.query('SELECT seven FROM kept'));
  expect(rows).toEqual([{ seven: 7 }]);
});

it('refuses a second start on the same data, and leaves neither process nor data when it ends', async () => {
  const options = await databaseOnly();
  const instance = await startInstance(options);
  await expect(startInstance(options)).rejects.toMatchObject({ code: 'already_running' });
  const pid = instance.pids()['postgres'] ?? 0;
  expect(isAlive(pid)).toBe(true);
  await instance.stop();
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(options.dataDir)).toBe(false);
});

it('names a taken port, and has ended everything when it gives up', async () => {
  const options = await databaseOnly();
  const [gateway = 0] = await freePorts(1);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(gateway, '127.0.0.1', resolve));
  await expect(startInstance({ ...options, ports: { gateway } })).rejects.toThrow(
    `Port ${gateway} (console and API) is taken by another program.`,
  );
  other.close();
  expect(existsSync(options.dataDir)).toBe(false);
});

it('gives up at once when asked to while starting', async () => {
  const options = await databaseOnly();
  const giveUp = new AbortController();
  const starting = startInstance({ ...options, signal: giveUp.signal, onStep: () => giveUp.abort() });
  await expect(starting).rejects.toMatchObject({ code: 'interrupted' });
  expect(existsSync(options.dataDir)).toBe(false);
});
