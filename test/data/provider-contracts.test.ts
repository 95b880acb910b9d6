import type {
  AskedRecord,
  KnownFacts,
  ProviderAdapter,
  ProviderRequest,
} from '@penstock/enrichment/provider-port';
import { providerAdapters } from '@penstock/providers/registry';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { referenceJson } from './reference.ts';

const Contract = z.object({
  method: z.string(),
  path: z.string(),
  base: z.string(),
  params: z.array(z.object({ name: z.string(), loc: z.string() })),
});
const Contracts = z.record(z.string(), z.record(z.string(), Contract));

const everything: KnownFacts = {
  givenName: 'Zoë',
  familyName: 'O’Brien-Müller',
  companyName: 'H & L Société',
  companyDomain: 'h-l.example',
  email: 'zoe+test@h-l.example',
  linkedinUrl: 'https://profiles.example/in/zoe?x=1&y=2',
  phone: '+12025550123',
  titles: 'VP Sales|Head of Sales',
  since: '2026-11-01T00:00:00.000Z',
};

/** Vendors by the names of the contracts, and paths of theirs that the contracts leave out. */
const VENDORS: Record<string, { provider: string; unlisted: readonly string[] }> = {
  apolloio: { provider: 'apollo', unlisted: ['/api/v1/webhook_result/x', '/api/v1/mixed_people/api_search'] },
  dropcontact: { provider: 'dropcontact', unlisted: [] },
  findyMail: { provider: 'findymail', unlisted: ['/api/search/linkedin', '/api/credits'] },
  hunter: { provider: 'hunter', unlisted: [] },
  neverBounce: { provider: 'neverbounce', unlisted: [] },
  // The search by POST is checked against the vendor's own specification.
  peopleDataLabs: { provider: 'people-data-labs', unlisted: ['/v5/person/search'] },
  predictLeads: { provider: 'predictleads', unlisted: [] },
  prospeo: { provider: 'prospeo', unlisted: [] },
  rocketReach: { provider: 'rocketreach', unlisted: [] },
  zeroBounce: { provider: 'zerobounce', unlisted: [] },
};

/** Names that the contracts lack, though the vendor's own documentation has them. */
const ALSO: Record<string, readonly string[]> = {
  hunter: ['domain'],
  peopleDataLabs: [
    'email',
    'profile',
    'first_name',
    'last_name',
    'company',
    'min_likelihood',
    'titlecase',
    'website',
    'data_include',
    'name',
    'query',
    'size',
  ],
  // The vendor's own client pages both.
  predictLeads: ['page', 'limit'],
  prospeo: ['only_verified_email', 'only_verified_mobile', 'enrich_mobile', 'page'],
};

/** For each capability: everything known, and each of its minimal alternatives, alone and in bulk. */
function requestsOf(adapter: ProviderAdapter): ProviderRequest[] {
  const requests = adapter.manifest.capabilities.flatMap(({ id, mode, needs, batchMax }) =>
    [
      everything,
      ...needs.map((names) => Object.fromEntries(names.map((name) => [name, everything[name]]))),
    ].flatMap((known: KnownFacts) => {
      const records: AskedRecord[] = [{ ref: 'r1', known }];
      if (mode === 'sync')
        return [
          adapter.buildRequest(id, known),
          ...(batchMax > 1 && adapter.batch ? [adapter.batch.build(id, records)] : []),
        ];
      const { later } = adapter;
      return later
        ? [
            later.submit(id, records, 'https://us.example/cb'),
            ...(later.poll ? [later.poll.request(id, 'x')] : []),
          ]
        : [];
    }),
  );
  return adapter.balance ? [...requests, adapter.balance.request] : requests;
}

/** Whether a path is that of a contract, whose `{{name}}`, `{name}` and `:name` stand for anything. */
function isPathOf({ base, path }: z.infer<typeof Contract>, pathname: string): boolean {
  const parts = `${new URL(base).pathname}/${path}`.split('/').filter(Boolean);
  const asked = pathname.split('/').filter(Boolean);
  return (
    parts.length === asked.length &&
    parts.every((part, at) => /^(?:\{\{?\w+\}?\}|:\w+)$/.test(part) || part === asked[at])
  );
}

for (const [vendor, { provider, unlisted }] of Object.entries(VENDORS)) {
  it(`every request to ${provider} keeps to its documented contract`, (context) => {
    const contracts = Object.values(
      Contracts.parse(referenceJson(context, 'provider-specs/mindcloud-contracts.json'))[vendor] ?? {},
    );
    const adapter = providerAdapters.get(provider);
    const requests = adapter ? requestsOf(adapter) : [];
    expect(requests.length).toBeGreaterThan(0);
    for (const { method, path, body } of requests) {
      const url = new URL(path, 'https://vendor.example');
      if (unlisted.includes(url.pathname)) continue;
      const matching = contracts.filter((each) => each.method === method && isPathOf(each, url.pathname));
      expect({ method, path: url.pathname, known: matching.length > 0 }).toMatchObject({ known: true });
      const names = matching.flatMap(({ params }) => params.map(({ name }) => name.split(/[.[]/)[0] ?? ''));
      const sent = [...url.searchParams.keys(), ...Object.keys(typeof body === 'object' ? { ...body } : {})];
      const unknown = sent.filter((name) => ![...names, ...(ALSO[vendor] ?? [])].includes(name));
      expect({ method, path: url.pathname, unknown }).toEqual({ method, path: url.pathname, unknown: [] });
    }
  });
}
