import { SourceError } from '@penstock/signals/source-port';

import { htmlToText } from '../html-text.ts';

/** What EDGAR's header of a full submission says; fields are null where there is none (a bare document). */
export type FilingHeader = {
  form: string | null;
  company: string | null;
  formerNames: string[];
  cik: string | null;
  state: string | null;
  city: string | null;
  periodOfReport: string | null;
};

export type FilingText = { header: FilingHeader; text: string };

/** Characters of a full submission, exhibits included. */
const MAX_SUBMISSION_CHARACTERS = 60_000_000;

/**
 * The main document of a filing as readable text: out of a full submission (`.txt`, documents in an envelope) or the document
 * itself, HTML or plain text. Throws `SourceError` for what is neither.
 */
export function readFilingText(source: string, body: string, forms: readonly string[]): FilingText {
  if (body.length > MAX_SUBMISSION_CHARACTERS)
    throw new SourceError(source, 'too_large', `${body.length} characters of filing`);
  if (body.trim() === '') throw new SourceError(source, 'malformed', 'empty document');
  const header = readHeader(body);
  if (!/<DOCUMENT>/i.test(body)) return { header, text: toText(body) };
  for (const document of body.split(/<DOCUMENT>/i).slice(1)) {
    const type = /<TYPE>\s*([^\r\n<]+)/i.exec(document)?.[1]?.trim() ?? '';
    const content = /<TEXT>([\s\S]*?)(<\/TEXT>|$)/i.exec(document);
    if (!forms.includes(type) || content === null) continue;
    if (content[2] === '')
      throw new SourceError(source, 'malformed', 'the submission is cut off within its report');
    return { header, text: toText(content[1] ?? '') };
  }
  throw new SourceError(source, 'malformed', `no document of type ${forms.join(' or ')}`);
}

const toText = (content: string): string =>
  /<(html|body|div|p|table|font)\b/i.test(content) ? htmlToText(content) : plainToText(content);

/** Paragraphs of typewritten text: lines that follow each other belong together, indented or not. */
function plainToText(content: string): string {
  return content
    .replaceAll(/<\/?[A-Z]+>/g, '')
    .split(/\n[ \t\r]*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n');
}

function readHeader(body: string): FilingHeader {
  const end = body.search(/<DOCUMENT>/i);
  const head = end === -1 ? '' : body.slice(0, Math.min(end, 20_000));
  const line = (label: string): string | null =>
    new RegExp(`^\\s*${label}:\\s*(.+?)\\s*$`, 'im').exec(head)?.[1] ?? null;
  return {
    form: line('CONFORMED SUBMISSION TYPE'),
    company: line('COMPANY CONFORMED NAME'),
    formerNames: [...head.matchAll(/^\s*FORMER CONFORMED NAME:\s*(.+?)\s*$/gim)].map(
      (match) => match[1] ?? '',
    ),
    cik: line('CENTRAL INDEX KEY'),
    state: line('STATE'),
    city: line('CITY'),
    periodOfReport: /^\s*CONFORMED PERIOD OF REPORT:\s*(\d{8})/im.exec(head)?.[1] ?? null,
  };
}
