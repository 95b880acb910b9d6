import { TextDecoder } from 'node:util';

const XML_ENCODING = /^<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const MOST_DECODERS = 50;
const CONTENT_TYPE_CHARSET = /;\s*charset\s*=\s*"?([A-Za-z0-9._-]+)"?/i;

/**
 * Decodes a body: byte-order mark, else the charset of `Content-Type`, else the XML declaration, else UTF-8.
 * An unknown label falls back to UTF-8. (EDGAR's Atom feeds declare ISO-8859-1 in the XML alone.)
 */
export function decodeBody(bytes: Uint8Array, contentType: string | undefined): string {
  const label = labelFromMark(bytes) ?? labelFromHeader(contentType) ?? labelFromXml(bytes) ?? 'utf-8';
  return decoderFor(label).decode(bytes);
}

function labelFromMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function labelFromHeader(contentType: string | undefined): string | undefined {
  return CONTENT_TYPE_CHARSET.exec(contentType ?? '')?.[1];
}

function labelFromXml(bytes: Uint8Array): string | undefined {
  // Nearly every reply is JSON.
  if (bytes[0] === OPENING_BRACE || bytes[0] === OPENING_BRACKET) return undefined;
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1');
  return XML_ENCODING.exec(start.trimStart())?.[1];
}

/** Making one takes longer than decoding a reply with it. Labels that are not known are not kept: a sender can make up any number of them. */
const decoders = new Map<string, TextDecoder>();
const UTF_8 = new TextDecoder();

function decoderFor(label: string): TextDecoder {
  const known = decoders.get(label);
  if (known) return known;
  try {
    const decoder = new TextDecoder(label);
    if (decoders.size < MOST_DECODERS) decoders.set(label, decoder);
    return decoder;
  } catch {
    return UTF_8;
  }
}
