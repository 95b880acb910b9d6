import { SourceError } from '@penstock/signals/source-port';
import { z } from 'zod';

import { longCik } from './paths.ts';

export type CompanyFiling = {
  accession: string;
  form: string;
  filedOn: string;
  /** Items of an 8-K, in the order filed. */
  items: string[];
  primaryDocument: string;
};

export type CompanyHistory = {
  cik: string;
  name: string;
  formerNames: string[];
  tickers: string[];
  filings: CompanyFiling[];
  /** Files with what is older than the newest thousand. */
  olderFiles: string[];
};

/** Filings come as columns of equal length. */
const Columns = z.object({
  accessionNumber: z.array(z.string().regex(/^\d{10}-\d{2}-\d{6}$/)),
  filingDate: z.array(z.iso.date()),
  form: z.array(z.string()),
  items: z.array(z.string()),
  primaryDocument: z.array(z.string()),
});
const Submissions = z.object({
  cik: z.union([z.string(), z.number()]),
  name: z.string().min(1),
  formerNames: z.array(z.object({ name: z.string() })).nullish(),
  tickers: z.array(z.string()).nullish(),
  filings: z.object({ recent: Columns, files: z.array(z.object({ name: z.string() })).nullish() }),
});

/** Reads `data.sec.gov/submissions/CIK##########.json`, newest first as filed. Throws `SourceError` (`malformed`). */
export function readSubmissions(source: string, text: string): CompanyHistory {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SourceError(source, 'malformed', 'not JSON', { cause: error });
  }
  const parsed = Submissions.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SourceError(source, 'malformed', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { cik, name, formerNames, tickers, filings } = parsed.data;
  const columns = filings.recent;
  const rows = columns.accessionNumber.length;
  if (Object.values(columns).some((column) => column.length !== rows))
    throw new SourceError(source, 'malformed', 'columns of unequal length');
  return {
    cik: longCik(String(cik)),
    name,
    formerNames: (formerNames ?? []).map((former) => former.name),
    tickers: tickers ?? [],
    olderFiles: (filings.files ?? []).map((file) => file.name),
    filings: columns.accessionNumber.map((accession, at) => ({
      accession,
      form: columns.form[at] ?? '',
      filedOn: columns.filingDate[at] ?? '',
      items: (columns.items[at] ?? '').split(',').filter((item) => item !== ''),
      primaryDocument: columns.primaryDocument[at] ?? '',
    })),
  };
}
