import type { ItemReading, ListedItem, SourceManifest } from '@penstock/signals/source-port';

import { read8KItem } from './form-8-k-finding.ts';
import { readFormDItem } from './form-d-item.ts';
import {
  current8KManifest,
  currentFormDManifest,
  dailyIndex8KManifest,
  dailyIndexManifest,
} from './manifest.ts';
import { primaryDocumentPath, submissionPath } from './paths.ts';

/** A form with its variants: how it is listed, where its document lies and how that is read. */
export type FormFamily = {
  forms: ReadonlySet<string>;
  /** `type` of the feed of current filings. */
  feedType: string;
  currentManifest: SourceManifest;
  indexManifest: SourceManifest;
  documentPath: (cik: string, accession: string) => string;
  /** Judged by the feed's own summary (HTML); null where the list has none. */
  isWorthReading: (summary: string | null) => boolean;
  read: (source: string, item: ListedItem, body: string, publicOrigin: string) => ItemReading;
};

export const formD: FormFamily = {
  forms: new Set(['D', 'D/A']),
  feedType: 'D',
  currentManifest: currentFormDManifest,
  indexManifest: dailyIndexManifest,
  documentPath: primaryDocumentPath,
  isWorthReading: () => true,
  read: readFormDItem,
};

/** The feed names the items of a report: results, votes and exhibits are not fetched. */
const TELLING = /Item\s+(?:5\.02|2\.05|2\.01)\b/;

export const form8K: FormFamily = {
  forms: new Set(['8-K', '8-K/A', '8-K12B', '8-K12B/A']),
  feedType: '8-K',
  currentManifest: current8KManifest,
  indexManifest: dailyIndex8KManifest,
  documentPath: submissionPath,
  isWorthReading: (summary) => summary === null || !/Item\s+\d/.test(summary) || TELLING.test(summary),
  read: read8KItem,
};
