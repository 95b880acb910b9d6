import { Readable } from 'node:stream';

const CHUNK_BYTES = 16_384;

/** Whether the last byte of a message has gone into the connection. */
export type Handover = { complete: boolean };

/** A message as a stream that notes when its end is taken; nothing of it is read before the server says "go ahead". */
export function trackedStream(message: Buffer, handover: Handover): Readable {
  let at = 0;
  return new Readable({
    read() {
      const chunk = message.subarray(at, at + CHUNK_BYTES);
      at += chunk.length;
      if (at >= message.length) handover.complete = true;
      this.push(chunk);
      if (at >= message.length) this.push(null);
    },
  });
}
