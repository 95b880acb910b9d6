import type { OpenWeb, ProviderReply } from '@penstock/enrichment/provider-port';
import { describe, expect, it } from 'vitest';

import { companySite } from './adapter.ts';
import { isAllowed } from './robots.ts';
import { organizationOn } from './structured-data.ts';

const page = `<html><head><title> Northmill &amp; Co </title>
<script type="application/ld+json">not json</script>
<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["Organization"],"name":"Northmill",
"numberOfEmployees":{"@type":"QuantitativeValue","minValue":201,"maxValue":500},
"address":{"addressLocality":"Leeds","addressCountry":{"name":"GB"}},"parentOrganization":{"name":"Mill Group"}}]}</script></head></html>`;

function webOf(pages: Record<string, ProviderReply>): OpenWeb & { fetched: string[] } {
  const fetched: string[] = [];
  return {
    fetched,
    resolve: (_name, type) =>
      Promise.resolve(
        {
          MX: ['1 aspmx.l.google.com'],
          TXT: ['v=spf1 include:sendgrid.net ~all', 'docusign=1'],
          NS: [],
          A: [],
          AAAA: [],
          CNAME: [],
          PTR: [],
        }[type],
      ),
    page: (_host, path) => {
      fetched.push(path);
      return Promise.resolve(pages[path] ?? { status: 404, headers: {}, body: '' });
    },
  };
}

const ok = (body: string): ProviderReply => ({ status: 200, headers: {}, body });
const read = (web: OpenWeb) =>
  companySite.answerFromOpenWeb?.('site', { companyDomain: 'northmill.example' }, web);

it('reads page and DNS of a company, for nothing', async () => {
  expect(await read(webOf({ '/': ok(page) }))).toMatchObject({
    outcome: 'hit',
    vendorCredits: 0,
    reported: [
      { field: 'company_size', value: '201-500' },
      { field: 'location', value: 'Leeds, GB' },
      { field: 'hierarchy', value: 'part of Mill Group' },
      { field: 'tech_stack', value: 'Google Workspace, Docusign, SendGrid' },
    ],
  });
});

it.each([
  ['that forbids it', ok('User-agent: *\nDisallow: /')],
  ['that forbids us', ok('User-agent: *\nAllow: /\n\nUser-agent: penstock\nDisallow: /')],
  ['that can’t be read', { status: 503, headers: {}, body: '' }],
])('fetches no page against a robots.txt %s', async (_name, robots) => {
  const web = webOf({ '/robots.txt': robots, '/': ok(page) });
  expect(await read(web)).toMatchObject({ outcome: 'hit', reported: [{ field: 'tech_stack' }] });
  expect(web.fetched).toEqual(['/robots.txt']);
});

describe('robots.txt', () => {
  it.each([
    ['', '/', true],
    ['User-agent: *\nDisallow:', '/', true],
    ['User-agent: a\nUser-agent: *\nDisallow: /x', '/x/y', false],
    ['User-agent: *\nDisallow: /x\nAllow: /x/y', '/x/y', true],
    ['User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf', false],
    ['User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf?x', true],
    ['User-agent: other\nDisallow: /', '/', true],
    ['disallow: /', '/', true],
    [`User-agent: *\nDisallow: /${'*a'.repeat(5_000)}$`, `/${'a'.repeat(4_000)}b`, true],
  ])('%j and %s: %s', (robots, path, allowed) => {
    expect(isAllowed(robots, 'Penstock', path)).toBe(allowed);
  });
});

it('takes nothing from a page without an organization', () => {
  expect(
    organizationOn('<title>Hi</title><script type="application/ld+json">{"@type":"Person"}</script>'),
  ).toBeNull();
});
