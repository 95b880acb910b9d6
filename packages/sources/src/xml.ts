import { SourceError } from '@penstock/signals/source-port';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** A Form D with every co-issuer and person stays below 1 MB; a feed of 100 entries below 200 kB. Characters. */
const MAX_XML_CHARACTERS = 4_000_000;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  // `48828287` and `0001781814` stay text: only we know which is a number.
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
});

/**
 * Reads XML from outside. Refuses, before any parsing: absurd sizes and every document type declaration, because
 * neither EDGAR nor Atom has one and entity expansion needs one. Throws `SourceError` (`too_large`, `malformed`).
 */
export function readXml(source: string, text: string): unknown {
  if (text.length > MAX_XML_CHARACTERS)
    throw new SourceError(source, 'too_large', `${text.length} characters of XML`);
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new SourceError(source, 'malformed', 'document type declaration');
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    throw new SourceError(source, 'malformed', `not well-formed XML, line ${valid.err.line}`);
  try {
    return parser.parse(text);
  } catch (error) {
    throw new SourceError(source, 'malformed', 'unreadable XML', { cause: error });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first element at a path below a node; undefined where there is none. */
export function elementAt(node: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((at, name) => elementsAt(at, name)[0], node);
}

/** All children of that name, in document order; none, one or many look alike. */
export function elementsAt(node: unknown, name: string): unknown[] {
  const child = isRecord(node) && Object.hasOwn(node, name) ? node[name] : undefined;
  if (child === undefined) return [];
  return Array.isArray(child) ? child : [child];
}

/** Text of the first element at a path, trimmed; null where it is missing or empty. */
export function textAt(node: unknown, ...path: string[]): string | null {
  return textOf(elementAt(node, ...path));
}

export function textOf(element: unknown): string | null {
  const text = isRecord(element) ? element['#text'] : element;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}
