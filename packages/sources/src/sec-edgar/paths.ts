/** `0001781814` or `1781814` → `1781814`, as EDGAR's paths have it. */
const shortCik = (cik: string): string => cik.replace(/^0+(?=\d)/, '');

/** Ten digits, as filings have it. */
export const longCik = (cik: string): string => shortCik(cik).padStart(10, '0');

const ACCESSION = /^\d{10}-\d{2}-\d{6}$/;

export const isAccession = (text: string): boolean => ACCESSION.test(text);

/** Folder of a filing: `/Archives/edgar/data/1781814/000178181420000001`. */
const folderOf = (cik: string, accession: string): string =>
  `/Archives/edgar/data/${shortCik(cik)}/${accession.replaceAll('-', '')}`;

/** The filing's own XML. */
export const primaryDocumentPath = (cik: string, accession: string): string =>
  `${folderOf(cik, accession)}/primary_doc.xml`;

/** The whole submission with its header and every document. */
export const submissionPath = (cik: string, accession: string): string =>
  `${folderOf(cik, accession)}/${accession}.txt`;

/** The page on which a person reads the filing. */
export const filingIndexPath = (cik: string, accession: string): string =>
  `${folderOf(cik, accession)}/${accession}-index.htm`;

/** `2020-03-18` → `/Archives/edgar/daily-index/2020/QTR1/form.20200318.idx`. */
export function dailyIndexPath(day: string): string {
  const [year = '', month = ''] = day.split('-');
  return `/Archives/edgar/daily-index/${year}/QTR${Math.ceil(Number(month) / 3)}/form.${day.replaceAll('-', '')}.idx`;
}
