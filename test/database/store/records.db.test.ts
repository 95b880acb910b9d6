import { withConnection } from '@penstock/infra-local/postgres-connection';
import { Prisma } from '@penstock/store/generated/client';
import { openStore } from '@penstock/store/store';
import { testDatabase } from '@penstock/testkit/database';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { columnsOf } from './catalogue.ts';
import { openPlanter, plantEverywhere } from './planted-rows.ts';

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const lowerFirst = (name: string) => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;

it('knows every column of the tables that have a model', async () => {
  await using database = await testDatabase();
  const planter = await openPlanter(database);
  const workspaceId = crypto.randomUUID();
  await withConnection(database.urls.admin, (client) => plantEverywhere(client, planter, workspaceId));
  const store = openStore({ appUrl: database.urls.app, dueUrl: database.urls.due, applicationName: 'test' });
  const columns = await columnsOf(database);
  const models = Object.values(Prisma.ModelName).map(lowerFirst);
  expect(models.length).toBeGreaterThan(25);
  for (const model of models) {
    const table = model.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const record = await store.withRecords(
      workspaceId,
      ({ db }) =>
        // Safe: the name is one of the client's own models, and all of them can be read so.
        (db as unknown as Record<string, { findFirst(query: object): Promise<unknown> }>)[model]?.findFirst({
          where: { workspaceId },
        }) ?? Promise.resolve(null),
    );
    const known = Object.keys(z.record(z.string(), z.unknown()).parse(record)).toSorted();
    expect([model, known]).toEqual([
      model,
      columns
        .filter((column) => column.table === table)
        .map((column) => camel(column.name))
        .toSorted(),
    ]);
  }
  await store.close();
});
