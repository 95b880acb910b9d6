import { storeSubmission } from '@penstock/engagement/store-submission';
import { workLead } from '@penstock/engagement/work-lead';
import { newId } from '@penstock/kernel/ids';

import { catalogueRows } from '../store/catalogue.ts';
import type { WorkspaceFixture } from '../workspace-fixture.ts';

let asked = 0;

/** Steps of a lead's way, for a workspace. */
export function leadSteps(fixture: WorkspaceFixture) {
  const { store, workspaceId, formId, clock, database } = fixture;
  return {
    /** Somebody new of a company of their own, unless told otherwise. */
    async ask(posted: Record<string, unknown> = {}, isTest = false): Promise<string> {
      asked += 1;
      const person = {
        name: `Person ${asked}`,
        email: `person@company-${asked}.example`,
        company: `Company ${asked}`,
        ...posted,
      };
      const submission = {
        workspaceId,
        formId,
        posted: person,
        isTest,
        leadId: newId(clock.now()),
        receivedAt: clock.now(),
      };
      return (await storeSubmission(store, submission)).leadId;
    },
    work: (leadId: string) => workLead(store, { workspaceId, leadId }, clock.now()),
    rows: <Row extends object>(text: string, ...values: unknown[]) =>
      catalogueRows<Row>(database, text, values),
    /** How many deadlocks this database has seen; the store would hide them by trying again. */
    async deadlocks(): Promise<number> {
      const [row] = await catalogueRows<{ count: number }>(
        database,
        'select pg_stat_force_next_flush(), deadlocks::int as count from pg_stat_database where datname = current_database()',
      );
      return row?.count ?? -1;
    },
  };
}
