import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  ProviderRequest,
} from '@penstock/enrichment/provider-port';
import { invariant } from '@penstock/kernel/invariant';

import { providerAdapters } from '../registry.ts';

export const SANDBOX_KEY = 'sandbox_test';

export function adapterNamed(provider: string): ProviderAdapter {
  const adapter = providerAdapters.get(provider);
  invariant(adapter !== undefined, `${provider} is registered`);
  return adapter;
}

/** Asks a simulator through an adapter, as the product does but without its http client. */
export async function askSimulator(
  sandboxUrl: string,
  provider: string,
  capability: string,
  known: KnownFacts,
): Promise<ProviderAnswer> {
  const adapter = adapterNamed(provider);
  const reply = await sendToSimulator(sandboxUrl, adapter, adapter.buildRequest(capability, known));
  return adapter.parseReply(capability, reply, known);
}

/** One exchange with a simulator, the key put where the manifest says. */
export async function sendToSimulator(
  sandboxUrl: string,
  { manifest }: ProviderAdapter,
  request: ProviderRequest,
  key = SANDBOX_KEY,
): Promise<ProviderReply> {
  const url = new URL(`${sandboxUrl}/${manifest.host}${request.path}`);
  const { credential } = manifest;
  const headers: Record<string, string> = { 'content-type': 'application/json', ...request.headers };
  if (credential.in === 'query') url.searchParams.set(credential.name, key);
  if (credential.in === 'header') headers[credential.name] = key;
  if (credential.in === 'bearer') headers['authorization'] = `Bearer ${key}`;
  if (credential.in === 'oauth2') headers['authorization'] = `Bearer token_${key}`;
  if (credential.in === 'basic') headers['authorization'] = `Basic ${btoa(`${key}:secret`)}`;
  const reply = await fetch(url, {
    method: request.method,
    headers,
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
  return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() };
}
