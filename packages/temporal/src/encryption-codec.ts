import { openBytes, sealBytes } from '@penstock/kernel/seal';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const ENCODING = 'binary/encrypted';
const encodingBytes = new TextEncoder().encode(ENCODING);

/** Encrypts every payload: what is in a history can be read only with the key that stays outside the databases. */
export function createEncryptionCodec(key: Buffer): PayloadCodec {
  return {
    encode: (payloads) => Promise.resolve(payloads.map((payload) => seal(key, payload))),
    decode: (payloads) => Promise.resolve(payloads.map((payload) => open(key, payload))),
  };
}

function seal(key: Buffer, payload: Payload): Payload {
  const plain = proto.temporal.api.common.v1.Payload.encode(payload).finish();
  return { metadata: { [METADATA_ENCODING_KEY]: encodingBytes }, data: sealBytes(key, plain) };
}

function open(key: Buffer, payload: Payload): Payload {
  const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
  if (!encoding || Buffer.from(encoding).toString() !== ENCODING || !payload.data) return payload;
  return proto.temporal.api.common.v1.Payload.decode(openBytes(key, payload.data));
}
