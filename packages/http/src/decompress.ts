import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

const BY_ENCODING = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

type Encoding = keyof typeof BY_ENCODING;

const isKnown = (encoding: string): encoding is Encoding => Object.hasOwn(BY_ENCODING, encoding);

export type Decompressed = { bytes: Uint8Array } | { fault: 'too_large' | 'malformed' };

/** Undoes `Content-Encoding`; a small body that unpacks to more than `maxBytes` is refused, not unpacked. */
export async function decompress(
  bytes: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Decompressed> {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity' || bytes.length === 0) return { bytes };
  if (!isKnown(name)) return { fault: 'malformed' };
  try {
    return { bytes: await BY_ENCODING[name](bytes, { maxOutputLength: maxBytes }) };
  } catch (error) {
    return { fault: isTooLarge(error) ? 'too_large' : 'malformed' };
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
