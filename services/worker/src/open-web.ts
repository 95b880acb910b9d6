import { Resolver } from 'node:dns/promises';

import type { OpenWeb } from '@penstock/enrichment/provider-port';
import { HttpError } from '@penstock/http/http-error';
import type { HttpClient } from '@penstock/http/http-client';
import { ProviderError } from '@penstock/kernel/provider-error';

const SERVICE = 'open-web';
const TIMEOUT_MS = 5_000;
const MAX_PAGE_BYTES = 1_048_576;
const SANDBOX_DNS_HOST = 'dns.sandbox';

/** DNS and companies' own sites, for the free sources: the real ones, or those of the sandbox. */
export function createOpenWeb(
  http: HttpClient,
  where: { isSandbox: () => Promise<boolean>; sandboxOrigin: string; contact: string },
): OpenWeb {
  const send = async (host: string, hosts: string[], path: string) => {
    const origin = (await where.isSandbox()) ? `${where.sandboxOrigin}/${host}` : `https://${host}`;
    const target = {
      service: SERVICE,
      origin,
      declaredHosts: hosts,
      timeoutMs: TIMEOUT_MS,
      maxBodyBytes: MAX_PAGE_BYTES,
    };
    return http
      .send(target, { path, headers: { 'user-agent': `Penstock (${where.contact || 'self-hosted'})` } })
      .catch((error: unknown) => {
        // Nothing here costs anything: a page that never came is no unknown charge.
        throw error instanceof HttpError
          ? new ProviderError(SERVICE, 'unavailable', { cause: error })
          : error;
      });
  };
  return {
    async resolve(name, type) {
      if (!(await where.isSandbox())) return resolveName(name, type);
      const query = new URLSearchParams({ name, type });
      const reply = await send(SANDBOX_DNS_HOST, [SANDBOX_DNS_HOST], `/resolve?${query.toString()}`);
      if (reply.status !== 200) throw new ProviderError(SERVICE, 'unavailable');
      return textsIn(reply.body);
    },
    page: (host, path) => send(host, [host, host.startsWith('www.') ? host.slice(4) : `www.${host}`], path),
  };
}

/** Codes that say: there is no such record. */
const NOTHING: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND', 'ENONAME']);

async function resolveName(name: string, type: Parameters<OpenWeb['resolve']>[1]): Promise<string[]> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  try {
    if (type === 'MX')
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    if (type === 'PTR') return await resolver.resolvePtr(name);
    if (type === 'CNAME') return await resolver.resolveCname(name);
    if (type === 'TXT') return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
    if (type === 'AAAA') return await resolver.resolve6(name);
    return type === 'NS' ? await resolver.resolveNs(name) : await resolver.resolve4(name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (NOTHING.has(code)) return [];
    throw new ProviderError(SERVICE, 'unavailable', { cause: error });
  }
}

/** `{ records: [...] }`, as the sandbox answers for the domain system. */
function textsIn(body: string): string[] {
  const value = jsonIn(body);
  const records: unknown =
    typeof value === 'object' && value !== null && 'records' in value ? value.records : null;
  if (!Array.isArray(records)) throw new ProviderError(SERVICE, 'malformed');
  return records.filter((record) => typeof record === 'string');
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new ProviderError(SERVICE, 'malformed', { cause });
  }
}
