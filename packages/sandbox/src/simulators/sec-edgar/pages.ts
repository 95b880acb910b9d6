import type { PublishedFiling } from './release-book.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const shortCik = (cik: string): string => cik.replace(/^0+(?=\d)/, '');

export const folderOf = (filing: { cik: string; accession: string }): string =>
  `/Archives/edgar/data/${shortCik(filing.cik)}/${filing.accession.replaceAll('-', '')}`;

/** `2026-07-02T17:23:57-04:00`: New York's wall clock with its offset. */
export function newYorkTime(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'America/New_York',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
}

/** The feed of current filings. Other forms that begin with D are mixed in, as EDGAR's prefix search does. */
export function currentFeed(
  filings: readonly PublishedFiling[],
  page: { start: number; count: number },
  now: Date,
): string {
  const listed = filings.slice(page.start, page.start + page.count);
  const noise =
    page.start === 0
      ? [
          entry({
            form: 'DEF 14A',
            name: 'Unrelated Holdings Corp',
            cik: '0009990001',
            accession: '0009990001-26-000001',
            publishedAt: listed[0]?.publishedAt ?? now.toISOString(),
          }),
        ]
      : [];
  return [
    '<?xml version="1.0" encoding="ISO-8859-1" ?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<title>Latest Filings - ${escape(now.toUTCString())}</title>`,
    '<link rel="self" href="/cgi-bin/browse-edgar?action=getcurrent"/>',
    '<id>https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent</id>',
    '<author><name>Webmaster</name><email>webmaster@sec.gov</email></author>',
    `<updated>${newYorkTime(now)}</updated>`,
    ...noise,
    ...listed.map(entry),
    '</feed>',
    '',
  ].join('\n');
}

type Entry = { form: string; name: string; cik: string; accession: string; publishedAt: string };

function entry({ form, name, cik, accession, publishedAt }: Entry): string {
  const href = `https://www.sec.gov${folderOf({ cik, accession })}/${accession}-index.htm`;
  return [
    '<entry>',
    `<title>${form} - ${escape(name)} (${cik}) (Filer)</title>`,
    `<link rel="alternate" type="text/html" href="${href}"/>`,
    '<summary type="html">',
    ` &lt;b&gt;Filed:&lt;/b&gt; ${publishedAt.slice(0, 10)} &lt;b&gt;AccNo:&lt;/b&gt; ${accession} &lt;b&gt;Size:&lt;/b&gt; 7 KB`,
    '</summary>',
    `<updated>${newYorkTime(new Date(publishedAt))}</updated>`,
    `<category scheme="https://www.sec.gov/" label="form type" term="${form}"/>`,
    `<id>urn:tag:sec.gov,2008:accession-number=${accession}</id>`,
    '</entry>',
  ].join('\n');
}

/** `form.YYYYMMDD.idx` of a day (`YYYY-MM-DD`); other forms are there on every filing day. */
export function dailyIndex(filings: readonly PublishedFiling[], day: string): string {
  const compact = day.replaceAll('-', '');
  const row = (form: string, name: string, cik: string, accession: string): string =>
    `${form.padEnd(12)}${name.slice(0, 60).padEnd(62)}${shortCik(cik).padEnd(12)}${compact.padEnd(12)}edgar/data/${shortCik(cik)}/${accession}.txt         `;
  const rows = [
    row('10-K', 'Unrelated Holdings Corp', '0009990001', '0009990001-26-000002'),
    row('8-K', 'Unrelated Holdings Corp', '0009990001', '0009990001-26-000003'),
    ...filings.map((filing) => row(filing.form, filing.name, filing.cik, filing.accession)),
  ];
  return [
    'Description:           Daily Index of EDGAR Dissemination Feed by Form Type',
    `Last Data Received:    ${day}`,
    'Comments:              webmaster@sec.gov',
    'Anonymous FTP:         ftp://ftp.sec.gov/edgar/',
    ' ',
    ' ',
    ' ',
    ' ',
    `${'Form Type'.padEnd(12)}${'Company Name'.padEnd(62)}${'CIK'.padEnd(12)}${'Date Filed'.padEnd(12)}File Name`,
    '-'.repeat(141),
    ...rows.toSorted(),
    '',
  ].join('\n');
}

export function fullSubmission(filing: PublishedFiling): string {
  return `<SEC-DOCUMENT>${filing.accession}.txt\n<SEC-HEADER>\nACCESSION NUMBER:\t\t${filing.accession}\nCONFORMED SUBMISSION TYPE:\t${filing.form}\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>${filing.form}\n<SEQUENCE>1\n<FILENAME>primary_doc.xml\n<TEXT>\n<XML>\n${filing.xml.trim()}\n</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n`;
}

/** What a person reads who follows a link to the evidence. */
export function filingPage(filing: PublishedFiling): string {
  const note =
    filing.origin === 'real'
      ? 'A real filing, unaltered; only its date in the feed is the sandbox’s.'
      : 'An invented filing of an invented company.';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(filing.name)}: Form ${filing.form}</title></head><body><h1>Form ${filing.form}: ${escape(filing.name)}</h1><p>${note} Accession number ${filing.accession}.</p><p><a href="primary_doc.xml">primary_doc.xml</a></p></body></html>`;
}
