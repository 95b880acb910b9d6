import { provisionWorkspace } from '@penstock/gateway/provision-workspace';
import type { DatabaseUrls } from '@penstock/infra-local/database-roles';
import { movableClock, type MovableClock } from '@penstock/kernel/clock';
import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { openStore, type Store } from '@penstock/store/store';
import { preparedTemplate, testDatabase, type TestDatabase } from '@penstock/testkit/database';
import type { Actor } from '@penstock/workspace/model/actor';
import { execute, type Command, type Query } from '@penstock/workspace/operation';
import type { Role } from '@penstock/workspace/model/role';
import type { z } from 'zod';

/** Key of the fixture's sealed credentials and histories. */
export const SECRET_KEY = Buffer.alloc(32, 7);
export const MONDAY = new Date('2026-11-23T09:00:00.000Z');

const CONNECTIONS = 24;

export type WorkspaceFixture = AsyncDisposable & {
  database: TestDatabase;
  store: Store;
  clock: MovableClock;
  workspaceId: string;
  /** Of an inbound demo request. */
  formId: string;
  /** Three reps who take leads, a manager and an administrator. */
  reps: readonly [Actor, Actor, Actor];
  manager: Actor;
  admin: Actor;
  /** Runs an operation as somebody. */
  run<I extends z.ZodType, O extends z.ZodType, Lane extends 'hot' | 'records'>(
    who: Actor,
    operation: Query<I, O, Lane> | Command<I, O, Lane>,
    input: z.input<I>,
    idempotencyKey?: string,
  ): Promise<z.output<O>>;
  /** Opens all connections, so that what is then done at once really is. */
  crowd(): Promise<void>;
  /** Another workspace in the same database. */
  another(): Promise<string>;
};

type Provisioned = Pick<WorkspaceFixture, 'workspaceId' | 'formId' | 'reps' | 'manager' | 'admin'>;

const TEMPLATE = 'penstock_fixture';

/** A provisioned workspace with members, a form and credentials, in a database of its own; as of Monday unless told. */
export async function workspaceFixture(options: { at?: Date } = {}): Promise<WorkspaceFixture> {
  const clock = movableClock(options.at ?? MONDAY);
  const ready = options.at ? undefined : await preparedTemplate(TEMPLATE, provisionTemplate);
  const database = await testDatabase(ready && { template: TEMPLATE });
  const store = openFixtureStore(database.urls);
  const provisioned = ready ?? (await provisionFixture(store, clock));
  const { workspaceId } = provisioned;
  return {
    database,
    store,
    clock,
    ...provisioned,
    run: (actor, operation, input, idempotencyKey) =>
      execute({ store, clock }, { actor, requestId: 'test', idempotencyKey }, operation, input),
    crowd: () => crowd(store, workspaceId),
    another: () => provision(store, clock, `other-${newId(clock.now())}`),
    async [Symbol.asyncDispose]() {
      await store.close();
      await database.drop();
    },
  };
}

function openFixtureStore(urls: DatabaseUrls): Store {
  return openStore({
    appUrl: urls.app,
    dueUrl: urls.due,
    maxConnections: CONNECTIONS,
    applicationName: 'test',
  });
}

async function provisionTemplate(urls: DatabaseUrls): Promise<Provisioned> {
  const store = openFixtureStore(urls);
  try {
    return await provisionFixture(store, movableClock(MONDAY));
  } finally {
    await store.close();
  }
}

async function provisionFixture(store: Store, clock: MovableClock): Promise<Provisioned> {
  const workspaceId = await provision(store, clock, 'fixture');
  const member = (role: Role, name: string) => addMember(store, clock, workspaceId, role, name);
  const reps = [
    await member('rep', 'Ada Rep'),
    await member('rep', 'Bo Rep'),
    await member('rep', 'Cy Rep'),
  ] as const;
  const manager = await member('manager', 'Di Manager');
  const admin = await member('admin', 'Ed Admin');
  const formId = await addForm(store, clock, workspaceId);
  await addCredentials(store, clock, workspaceId);
  return { workspaceId, formId, reps, manager, admin };
}

async function crowd(store: Store, workspaceId: string): Promise<void> {
  const wait = { name: 'test_crowd', text: 'select pg_sleep(0.1) as waited, $1::uuid as workspace' };
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () => store.inWorkspace(workspaceId, (tx) => tx.rows(wait))),
  );
}

function provision(store: Store, clock: MovableClock, slug: string): Promise<string> {
  // Sign-in lives in a schema of its own; these tests don't sign in.
  const auth = { createOrganization: () => Promise.resolve(), joinOrganization: () => Promise.resolve() };
  const wanted = { name: 'Fixture', slug, kind: 'sandbox' as const, timeZone: 'UTC', founder: null };
  return provisionWorkspace({ store, clock, auth }, wanted);
}

async function addMember(
  store: Store,
  clock: MovableClock,
  workspaceId: string,
  role: Role,
  name: string,
): Promise<Actor> {
  const id = name.toLowerCase().replace(' ', '-');
  const data = {
    workspaceId,
    id,
    name,
    email: `${id}@seller.example`,
    role,
    takesLeads: role === 'rep',
    createdAt: clock.now(),
  };
  await store.withRecords(workspaceId, ({ db }) => db.member.create({ data }));
  return { kind: 'member', id, workspaceId, name, role, teamId: null, scopes: null, visibleOwnerIds: null };
}

async function addForm(store: Store, clock: MovableClock, workspaceId: string): Promise<string> {
  const id = newId(clock.now());
  const data = {
    workspaceId,
    id,
    publicKey: `key-${id}`,
    name: 'Demo form',
    intent: 'demo_request',
    createdAt: clock.now(),
  };
  await store.withRecords(workspaceId, ({ db }) => db.form.create({ data }));
  return id;
}

const PROVIDERS = ['people-data-labs', 'leadmagic', 'zerobounce'];

async function addCredentials(store: Store, clock: MovableClock, workspaceId: string): Promise<void> {
  const data = PROVIDERS.map((provider) => ({
    workspaceId,
    id: newId(clock.now()),
    provider,
    label: 'test',
    secretSealed: sealText(SECRET_KEY, `sandbox_${provider}`),
    lastFour: 'test',
    // The simulators limit no key but those that ask for it.
    limits: [],
    createdAt: clock.now(),
  }));
  await store.withRecords(workspaceId, ({ db }) => db.providerCredential.createMany({ data }));
}
