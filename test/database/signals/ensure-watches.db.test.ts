import { ensureWatches } from '@penstock/signals/ensure-watches';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

it('a workspace that is there watches what a release brings, once, and what was switched off stays off', async () => {
  const watched = () =>
    steps.rows<{ source: string; active: boolean }>(
      'select source, active from source_watch order by source',
    );
  const before = await watched();
  await steps.rows(`update source_watch set active = false where source = 'sec-edgar/current-8-k'`);
  const ensure = () =>
    fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
      ensureWatches(tx, [...before.map(({ source }) => source), 'zz-new'], fixture.clock.now()),
    );
  const made = await Promise.all([ensure(), ensure(), ensure()]);
  expect(made.flat()).toEqual(['zz-new']);
  expect(await ensure()).toEqual([]);
  const after = await watched();
  expect(after.map(({ source }) => source)).toEqual([...before.map(({ source }) => source), 'zz-new']);
  // One is off from the start: RevOps switches it on.
  expect(after.filter(({ active }) => !active).map(({ source }) => source)).toEqual([
    'press/gdelt',
    'sec-edgar/current-8-k',
  ]);
});
