import { SourceError } from '@penstock/signals/source-port';
import type { ItemReading, ListedItem } from '@penstock/signals/source-port';

import { readFormD } from './form-d.ts';
import { readingOf } from './form-d-finding.ts';
import type { Evidence } from './form-d-finding.ts';
import { locateFormDXml, quoteElement } from './submission-text.ts';

/** The amount sold carries the claim; a filing that leaves it out is quoted by its issuer's name. */
const QUOTED = ['totalAmountSold', 'entityName'];

/** Reads a filing's document, `primary_doc.xml` or the full submission, into what it says, with its literal evidence. */
export function readFormDItem(
  source: string,
  item: ListedItem,
  text: string,
  publicOrigin: string,
): ItemReading {
  if (text.trim() === '') throw new SourceError(source, 'malformed', 'empty document');
  const located = locateFormDXml(text);
  if (located === null && /<XML>/i.test(text))
    throw new SourceError(source, 'malformed', 'the submission is cut off within its XML');
  if (located === null) return { outcome: 'no_signal', reason: 'filed on paper: nothing to read' };
  const form = readFormD(source, located.xml);
  return readingOf(form, item, evidenceIn(source, text, located.start, publicOrigin + item.documentPath));
}

function evidenceIn(source: string, text: string, from: number, url: string): Evidence {
  for (const name of QUOTED) {
    const quoted = quoteElement(text, from, name);
    if (quoted !== null) return { url, ...quoted };
  }
  throw new SourceError(source, 'malformed', 'nothing to quote');
}
