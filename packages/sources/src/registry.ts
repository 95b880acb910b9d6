import type { SourceAdapter } from '@penstock/signals/source-port';

import { createCurrentFilings } from './sec-edgar/current-filings.ts';
import { createDailyIndex } from './sec-edgar/daily-index.ts';
import { form8K, formD } from './sec-edgar/form-family.ts';

export type SourceOptions = {
  /** Who asks, as `Company mailbox@company`: sources that want to know get it as `User-Agent`. */
  contact: string;
  /** Where links to evidence lead; the sandbox gives its own address, so that invented filings can be read too. */
  edgarPublicOrigin?: string;
};

/** Every source that the product can watch, by the id of its manifest. */
export function createSourceAdapters(options: SourceOptions): ReadonlyMap<string, SourceAdapter> {
  const edgar = {
    contact: options.contact,
    publicOrigin: options.edgarPublicOrigin ?? 'https://www.sec.gov',
  };
  return new Map(
    [formD, form8K]
      .flatMap((family) => [createCurrentFilings(family, edgar), createDailyIndex(family, edgar)])
      .map((adapter) => [adapter.manifest.id, adapter]),
  );
}
