import { SourceError } from '@penstock/signals/source-port';
import type { SourceFault } from '@penstock/signals/source-port';

export type NetworkFault = 'unreachable' | 'late' | 'timeout' | 'too_large' | 'malformed' | 'forbidden_host';

/** Faults of the way there (`HttpError.fault`), in the words of the source port. */
const FAULTS: Record<NetworkFault, SourceFault> = {
  unreachable: 'unreachable',
  late: 'unreachable',
  timeout: 'unreachable',
  too_large: 'too_large',
  malformed: 'malformed',
  forbidden_host: 'forbidden',
};

/** A network failure as the source's own fault; `detail` names the kind, never an address. */
export function sourceErrorFromNetwork(source: string, fault: NetworkFault, cause: unknown): SourceError {
  return new SourceError(source, FAULTS[fault], fault, { cause });
}
