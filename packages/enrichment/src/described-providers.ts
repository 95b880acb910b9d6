import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import type { ProviderAdapter, ProviderManifest } from './provider-port.ts';

/** Every vendor that can be asked. */
export type Catalogue = {
  /** Those that are programmed, by the id of their manifest. */
  adapters: ReadonlyMap<string, ProviderAdapter>;
  /** An adapter from what a workspace describes; null if the description is none that this release takes. */
  describe(definition: unknown): ProviderAdapter | null;
};

export const readDescribed = statement<{ id: string; definition: unknown }>(
  'read_described_providers',
  'select id, definition from described_provider where workspace_id = $1 order by id',
);

/** All adapters of a workspace, with or without a key. */
export async function adaptersIn(
  tx: Tx,
  catalogue: Catalogue,
): Promise<ReadonlyMap<string, ProviderAdapter>> {
  return adaptersWith(catalogue, await tx.rows(readDescribed));
}

export async function manifestsIn(tx: Tx, catalogue: Catalogue): Promise<ProviderManifest[]> {
  return [...(await adaptersIn(tx, catalogue)).values()].map(({ manifest }) => manifest);
}

/** The programmed ones and those that are described in these rows. */
export function adaptersWith(
  { adapters, describe }: Catalogue,
  rows: readonly { definition: unknown }[],
): ReadonlyMap<string, ProviderAdapter> {
  const described = rows.flatMap(({ definition }) =>
    definition === null ? [] : (describe(definition) ?? []),
  );
  if (described.length === 0) return adapters;
  return new Map([...adapters, ...described.map((adapter) => [adapter.manifest.id, adapter] as const)]);
}
