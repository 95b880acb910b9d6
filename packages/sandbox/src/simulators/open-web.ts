import type { Hono } from 'hono';

import type { World, WorldCompany } from '../world/world.ts';

/** Name under which the sandbox answers for the domain system. */
const SANDBOX_DNS_HOST = 'dns.sandbox';

/** Sites and DNS records of the invented companies: what the free sources read. */
export function mountOpenWeb(app: Hono, world: World): void {
  app.get(`/${SANDBOX_DNS_HOST}/resolve`, (context) => {
    const company = world.companyByDomain.get((context.req.query('name') ?? '').toLowerCase());
    const records = company ? recordsOf(company) : null;
    const type = context.req.query('type') ?? '';
    return context.json({ records: records && Object.hasOwn(records, type) ? records[type] : [] });
  });
  app.get('/:host/robots.txt', (context) => {
    const company = world.companyByDomain.get(context.req.param('host'));
    if (!company) return context.notFound();
    return context.text(
      isClosed(company) ? 'User-agent: *\nDisallow: /\n' : 'User-agent: *\nDisallow: /admin\n',
    );
  });
  app.get('/:host/', (context) => {
    const company = world.companyByDomain.get(context.req.param('host'));
    return company ? context.html(pageOf(company)) : context.notFound();
  });
}

/** One company in ten doesn't want its site fetched. */
const isClosed = ({ key }: WorldCompany): boolean => key.endsWith('7');

function recordsOf({ key, domain }: WorldCompany): Record<string, string[]> {
  const isGoogle = Number(key.slice(2)) % 2 === 0;
  return {
    MX: [isGoogle ? '1 aspmx.l.google.com' : `0 ${domain.replaceAll('.', '-')}.mail.protection.outlook.com`],
    TXT: Number(key.slice(2)) % 3 === 0 ? ['v=spf1 include:sendgrid.net ~all', 'docusign=0000'] : [],
    NS: [],
    A: ['192.0.2.1'],
  };
}

function pageOf({ name, employees, city, region, country }: WorldCompany): string {
  const organization = {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name,
    numberOfEmployees: { '@type': 'QuantitativeValue', value: employees },
    address: {
      '@type': 'PostalAddress',
      addressLocality: city,
      addressRegion: region,
      addressCountry: country,
    },
  };
  return `<!doctype html><html><head><title>${name}</title><script type="application/ld+json">${JSON.stringify(organization)}</script></head><body><h1>${name}</h1></body></html>`;
}
