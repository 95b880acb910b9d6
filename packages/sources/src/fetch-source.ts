import type { SecretPlace, SourceAdapter, SourceReply, SourceRequest } from '@penstock/signals/source-port';

import { sourceErrorFromNetwork, type NetworkFault } from './network-fault.ts';

const TIMEOUT_MS = 20_000;
const MOST_BODY_BYTES = 60 * 1024 * 1024;

type Credential = SecretPlace & { value: string };
type Target = {
  service: string;
  origin: string;
  declaredHosts: readonly string[];
  timeoutMs: number;
  maxBodyBytes: number;
  credential?: Credential;
};
/** The guarded way out, and what its faults are called. */
export type WayOut = {
  send(target: Target, request: SourceRequest): Promise<SourceReply>;
  faultOf(error: unknown): NetworkFault | null;
};

/** One request to a source's declared host, bounded in time and size. Throws `SourceError`. */
export async function fetchSource(
  { send, faultOf }: WayOut,
  origin: string,
  { manifest }: Pick<SourceAdapter, 'manifest'>,
  request: SourceRequest,
  credential: Credential | null,
): Promise<SourceReply> {
  const target = {
    service: manifest.id,
    origin,
    declaredHosts: [manifest.host],
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: manifest.maxBodyBytes ?? MOST_BODY_BYTES,
    ...(credential && { credential }),
  };
  try {
    return await send(target, request);
  } catch (error) {
    const fault = faultOf(error);
    throw fault === null ? error : sourceErrorFromNetwork(manifest.id, fault, error);
  }
}
