import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Filing } from './filing.ts';

type RealFiling = Pick<Filing, 'key' | 'accession' | 'form' | 'release'> & { file: string };

/** Real filings, unaltered. Where the file holds no accession number, a made-up one of its filer and year stands in. */
const REAL: readonly RealFiling[] = [
  {
    key: 'notion',
    file: 'NotionLabs.D.xml',
    accession: '0001781814-20-000001',
    form: 'D',
    release: 'on demand',
  },
  {
    key: 'hashnote',
    file: 'Hashnote.full-submission.txt',
    accession: '0001968399-23-000002',
    form: 'D',
    release: 'on demand',
  },
  {
    key: '1685-38th',
    file: '1685-38th-Street-REIT.D.xml',
    accession: '0001961089-23-000001',
    form: 'D',
    release: 'baseline',
  },
  {
    key: 'shepherds',
    file: 'Shepards.D.xml',
    accession: '0001544190-23-000001',
    form: 'D/A',
    release: 'on demand',
  },
];

/** The real filings that lie in a reference folder; none where it is absent. */
export function realFilings(referenceDir: string | null): Filing[] {
  if (referenceDir === null) return [];
  return REAL.flatMap(({ file, ...filing }) => {
    const path = join(referenceDir, 'sec-edgar', 'form-d', file);
    if (!existsSync(path)) return [];
    const text = readFileSync(path, 'utf8');
    const xml = /<XML>\s*([\s\S]*?)\s*<\/XML>/.exec(text)?.[1] ?? text;
    const cik = /<cik>(\d+)<\/cik>/.exec(xml)?.[1];
    const name = /<entityName>([^<]+)<\/entityName>/.exec(xml)?.[1];
    if (cik === undefined || name === undefined) return [];
    return [{ ...filing, cik, name: unescape(name), xml, origin: 'real' as const }];
  });
}

const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();

/** A real index of that day (`form.YYYYMMDD.idx`) from the reference folder, as bytes; null where there is none. */
export function realIndex(referenceDir: string | null, fileName: string): Uint8Array<ArrayBuffer> | null {
  if (referenceDir === null || !/^form\.\d{8}\.idx$/.test(fileName)) return null;
  const path = join(referenceDir, 'sec-edgar', 'index', fileName);
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
}
