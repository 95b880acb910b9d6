/** Where the Form D's XML lies in what EDGAR sent: the document itself, or a full submission (`.txt`) that carries it. */
export type LocatedXml = { xml: string; start: number };

const XML_PART = /<XML>\s*([\s\S]*?)<\/XML>/gi;

/** Finds the XML; null where a full submission carries none (paper filings before 2009). Offsets are characters. */
export function locateFormDXml(text: string): LocatedXml | null {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  if (!/^\s*(<SEC-DOCUMENT>|-----BEGIN PRIVACY|<SUBMISSION>|<DOCUMENT>)/i.test(text.slice(mark))) {
    const leading = /^\s*/.exec(text.slice(mark))?.[0].length ?? 0;
    return { xml: text.slice(mark + leading).trimEnd(), start: mark + leading };
  }
  for (const part of text.matchAll(XML_PART)) {
    const xml = part[1] ?? '';
    if (/<(?:[\w.-]+:)?edgarSubmission[\s>]/.test(xml))
      return { xml: xml.trimEnd(), start: part.index + part[0].indexOf(xml) };
  }
  return null;
}

/** Literal text of the first element of that name, where it starts; comments and CDATA don't count. */
export function quoteElement(
  text: string,
  from: number,
  name: string,
): { quote: string; quoteStart: number } | null {
  const visible = text
    .slice(from)
    .replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, (hidden) => ' '.repeat(hidden.length));
  const match = new RegExp(`<((?:[\\w.-]+:)?${name})(?:\\s[^>]*)?>[^<]*</\\1\\s*>`).exec(visible);
  return match === null ? null : { quote: match[0], quoteStart: from + match.index };
}
