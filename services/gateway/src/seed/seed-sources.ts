import { idFromKey } from '@penstock/kernel/ids';
import { NEWSWIRE_FEED, WARN_FILE, WARN_REGION } from '@penstock/sandbox/simulators/newswire';
import { insertConfigured } from '@penstock/signals/operations/add-source';
import type { SourceSettings } from '@penstock/signals/source-port';
import type { Store } from '@penstock/store/store';

const SOURCES: readonly { name: string; settings: SourceSettings }[] = [
  { name: 'Sandbox Newswire', settings: { kind: 'press', url: NEWSWIRE_FEED } },
  { name: 'WARN notices: California', settings: { kind: 'warn', url: WARN_FILE, region: WARN_REGION } },
];

/** Watches the sandbox's newspaper and a state's notices, as a workspace adds such sources itself. */
export async function seedSources(store: Store, workspaceId: string, now: Date): Promise<void> {
  await store.inWorkspace(workspaceId, async (tx) => {
    for (const { name, settings } of SOURCES) {
      const id = idFromKey(`sandbox:source:${settings.url}`);
      await tx.rows(insertConfigured, id, `${settings.kind}/${id}`, name, JSON.stringify(settings), now);
    }
  });
}
