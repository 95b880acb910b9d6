import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { invariant } from './invariant.ts';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts bytes with AES-256-GCM: iv, tag and ciphertext in one. `key` is 32 bytes. */
export function sealBytes(key: Buffer, plain: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Throws if the bytes were altered or sealed under another key. */
export function openBytes(key: Buffer, sealed: Uint8Array): Buffer {
  invariant(sealed.length >= IV_BYTES + TAG_BYTES, 'sealed bytes hold iv and tag');
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

/** A secret as text for the database: `v1.` and base64url. */
export function sealText(key: Buffer, secret: string): string {
  return `v1.${sealBytes(key, Buffer.from(secret, 'utf8')).toString('base64url')}`;
}

export function openText(key: Buffer, sealed: string): string {
  invariant(sealed.startsWith('v1.'), 'sealed text has a known version');
  return openBytes(key, Buffer.from(sealed.slice(3), 'base64url')).toString('utf8');
}
