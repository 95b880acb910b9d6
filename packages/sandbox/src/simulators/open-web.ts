import type { Hono } from 'hono';

import type { Clock } from '@penstock/kernel/clock';

import type { World, WorldCompany } from '../world/world.ts';
import { mountCompanySites, type SiteBook } from './company-sites.ts';
import { addressOf, companyAt, hasName } from './ipinfo.ts';

/** Name under which the sandbox answers for the domain system. */
const SANDBOX_DNS_HOST = 'dns.sandbox';

/** Sites and DNS records of the invented companies: what the free sources read. */
export function mountOpenWeb(
  app: Hono,
  world: World,
  { dns: records, sites }: { dns: DnsBook; sites: SiteBook },
): void {
  app.get(`/${SANDBOX_DNS_HOST}/resolve`, (context) => {
    if (records.isDown()) return context.text('SERVFAIL', 503);
    const { name = '', type = '' } = context.req.query();
    return context.json({ records: records.find(name.toLowerCase(), type) });
  });
  mountCompanySites(app, world, sites);
}

export type DnsBook = {
  find(name: string, type: string): string[];
  /** What a name answers from now on, whatever the world would say. */
  set(name: string, type: string, records: string[]): void;
  /** Whether nobody answers. */
  setDown(down: boolean): void;
  isDown(): boolean;
  clear(): void;
};

const ADOPTED_EVERY_MS = 10 * 60_000;

/** Records of the invented companies: as they were when the sandbox started, and one company more with a help desk every ten minutes. */
export function createDnsBook(world: World, clock: Clock): DnsBook {
  const startedAt = clock.now().getTime();
  const told = new Map<string, string[]>();
  let down = false;
  return {
    find(name, type) {
      const known = told.get(`${type} ${name}`);
      if (known) return known;
      const company = world.companyByDomain.get(name);
      if (company) return recordsOf(company)[type] ?? [];
      if (type === 'PTR') return namesOf(world, name);
      const office = name.startsWith('gw.') ? world.companyByDomain.get(name.slice('gw.'.length)) : undefined;
      if (office) return type === 'A' ? [addressOf(office) ?? ''] : [];
      const helped = type === 'CNAME' && name.startsWith('support.') ? name.slice('support.'.length) : null;
      const at = helped === null ? -1 : world.companies.findIndex(({ domain }) => domain === helped);
      const adopted = Math.floor((clock.now().getTime() - startedAt) / ADOPTED_EVERY_MS);
      return at >= 0 && at < adopted ? [`${helped?.replaceAll('.', '-') ?? ''}.zendesk.com`] : [];
    },
    set: (name, type, records) => void told.set(`${type} ${name}`, records),
    setDown(next) {
      down = next;
    },
    isDown: () => down,
    clear() {
      told.clear();
      down = false;
    },
  };
}

/** What an address is called: companies after themselves, a carrier's customers after their number. */
function namesOf(world: World, reverse: string): string[] {
  // Of addresses of version 6 hardly anybody keeps names.
  if (reverse.endsWith('.ip6.arpa')) return [];
  const address = reverse.replace('.in-addr.arpa', '').split('.').toReversed().join('.');
  const company = companyAt(world, address);
  if (company) return hasName(company) ? [`gw.${company.domain}`] : [];
  return [`${address.replaceAll('.', '-')}.dyn.somewhere-broadband.example`];
}

function recordsOf({ key, domain }: WorldCompany): Record<string, string[]> {
  const isGoogle = Number(key.slice(2)) % 2 === 0;
  return {
    MX: [isGoogle ? '1 aspmx.l.google.com' : `0 ${domain.replaceAll('.', '-')}.mail.protection.outlook.com`],
    TXT: Number(key.slice(2)) % 3 === 0 ? ['v=spf1 include:sendgrid.net ~all', 'docusign=0000'] : [],
    NS: [],
    A: ['192.0.2.1'],
  };
}
