import { fileURLToPath } from 'node:url';

import type { DataConverter } from '@temporalio/common';

import { createEncryptionCodec } from './encryption-codec.ts';

export const FAILURE_CONVERTER_PATH = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** The same converter for clients and workers; both need the key. `secretKey` is 32 bytes in base64. */
export function createDataConverter(secretKey: string): DataConverter {
  return {
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadCodecs: [createEncryptionCodec(Buffer.from(secretKey, 'base64'))],
  };
}
