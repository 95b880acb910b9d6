import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  ProviderRequest,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

/** How one `sync` capability is asked and read. `read` gets replies that `refuseFaults` has let pass. */
export type SyncCall = {
  build(known: KnownFacts): ProviderRequest;
  read(reply: ProviderReply, asked: KnownFacts): ProviderAnswer;
};

/** The two functions of the port from one entry a capability; anything else is refused. */
export function syncCalls(
  provider: string,
  refuseFaults: (reply: ProviderReply) => void,
  calls: Readonly<Record<string, SyncCall>>,
): Pick<ProviderAdapter, 'buildRequest' | 'parseReply'> {
  const callOf = (capabilityId: string): SyncCall => {
    const call = Object.hasOwn(calls, capabilityId) ? calls[capabilityId] : undefined;
    if (call === undefined) throw new ProviderError(provider, 'rejected');
    return call;
  };
  return {
    buildRequest: (capabilityId, known) => callOf(capabilityId).build(known),
    parseReply(capabilityId, reply, asked) {
      const call = callOf(capabilityId);
      refuseFaults(reply);
      return call.read(reply, asked);
    },
  };
}

/** A GET with those of the values that say something. */
export function getRequest(path: string, query: Record<string, string | undefined>): ProviderRequest {
  const search = new URLSearchParams(Object.entries(said(query)));
  return {
    method: 'GET',
    path: search.size === 0 ? path : `${path}?${search.toString()}`,
    headers: { accept: 'application/json' },
  };
}

/** A POST of JSON. */
export function postRequest(path: string, body: unknown): ProviderRequest {
  return { method: 'POST', path, headers: { accept: 'application/json' }, body };
}

/** Those of the values that say something, trimmed. */
export function said(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const text = value?.trim() ?? '';
      return text === '' ? [] : [[name, text]];
    }),
  );
}
