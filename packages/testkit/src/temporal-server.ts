import { randomBytes } from 'node:crypto';

import { invariant } from '@penstock/kernel/invariant';

import { testServers } from './test-environment.ts';

/** The Temporal server that all tests of the run share. Keep apart by task queue and workflow id, not by namespace. */
export function testTemporal(): { address: string; namespace: string } {
  const { temporalAddress, temporalNamespace } = testServers();
  invariant(
    temporalAddress !== '',
    'a Temporal server runs (the vitest project needs global-setup-temporal.ts)',
  );
  return { address: temporalAddress, namespace: temporalNamespace };
}

/** A task queue that no other test uses. */
export function testTaskQueue(): string {
  return `test-${randomBytes(6).toString('hex')}`;
}
