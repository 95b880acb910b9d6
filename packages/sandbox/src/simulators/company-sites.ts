import type { Hono } from 'hono';

import type { World, WorldCompany } from '../world/world.ts';
import { boardNameOf, boardVendorOf, type BoardVendor } from './job-boards/board-book.ts';

export type SitePage = { status?: number; body?: string; location?: string };
/** A site as a test wants it. */
export type ToldSite = { robots?: string; pages?: Readonly<Record<string, SitePage>>; isDown?: boolean };

export type SiteBook = {
  find(host: string): ToldSite | undefined;
  /** What a host shows from now on, whatever the world would say. */
  set(host: string, site: ToldSite): void;
  clear(): void;
};

export function createSiteBook(): SiteBook {
  const told = new Map<string, ToldSite>();
  return {
    find: (host) => told.get(host),
    set: (host, site) => void told.set(host, site),
    clear: () => told.clear(),
  };
}

/** Sites of the invented companies, and those that were told. A path that is no site's is left to others. */
export function mountCompanySites(app: Hono, world: World, sites: SiteBook): void {
  app.get('/:host/*', async (context, next) => {
    const host = context.req.param('host');
    const path = new URL(context.req.url).pathname.slice(host.length + 1);
    const told = sites.find(host);
    if (told) return answered(told, path, `/${host}`);
    const company = world.companyByDomain.get(host);
    const page = company && pagesOf(world, company)[path];
    return page === undefined ? next() : page();
  });
}

function answered({ robots, pages = {}, isDown }: ToldSite, path: string, below: string): Response {
  if (isDown === true) return new Response('', { status: 503 });
  if (path === '/robots.txt')
    return robots === undefined ? new Response('', { status: 404 }) : new Response(robots);
  const page = pages[path];
  if (page === undefined) return new Response('', { status: 404 });
  if (page.location === undefined) return html(page.body ?? '', page.status ?? 200);
  // Within the site it stays below its name here.
  const location = page.location.startsWith('/') ? below + page.location : page.location;
  return new Response('', { status: page.status ?? 302, headers: { location } });
}

const html = (body: string, status = 200): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });

const redirect = (location: string): Response => new Response('', { status: 302, headers: { location } });

type Pages = Partial<Record<string, () => Response>>;

function pagesOf(world: World, company: WorldCompany): Pages {
  const careers = careersOf(world, company);
  const robots = isClosed(company) ? 'User-agent: *\nDisallow: /\n' : 'User-agent: *\nDisallow: /admin\n';
  return {
    '/robots.txt': () => new Response(robots),
    '/': () => html(homeOf(company, careers === null ? '' : `<a href="${careers.path}">${careers.text}</a>`)),
    ...(careers === null
      ? {}
      : { [careers.path]: () => ('leadsTo' in careers ? redirect(careers.leadsTo) : html(careers.body)) }),
  };
}

const numberOf = ({ key }: WorldCompany): number => Number(key.slice(2));

/** One company in ten doesn't want its site fetched. */
const isClosed = ({ key }: WorldCompany): boolean => key.endsWith('7');

type Careers = { path: string; text: string } & ({ body: string } | { leadsTo: string });

/** A third of the companies link their board or redirect to it, a third embed it, one in fifteen links that of another company. */
function careersOf(world: World, company: WorldCompany): Careers | null {
  const number = numberOf(company);
  const page = (board: string) => `<!doctype html><html><body><h1>${company.name}</h1>${board}</body></html>`;
  if (number % 9 === 6) return { path: '/jobs', text: 'Jobs', leadsTo: addressOf(world, company) };
  if (number % 3 === 0) return { path: '/careers', text: 'Careers', body: page(linkOf(world, company)) };
  if (number % 3 === 1)
    return { path: '/unternehmen/karriere', text: 'Karriere', body: page(embeddedOf(world, company)) };
  const other = world.companies[(world.companies.indexOf(company) + 1) % world.companies.length];
  return number % 15 === 2 && other
    ? { path: '/jobs', text: 'Jobs at our partner', body: page(linkOf(world, other)) }
    : null;
}

const LINKS: Readonly<Record<BoardVendor, (board: string) => string>> = {
  greenhouse: (board) => `https://job-boards.greenhouse.io/${board}`,
  lever: (board) => `https://jobs.lever.co/${board}`,
  ashby: (board) => `https://jobs.ashbyhq.com/${board}`,
  smartrecruiters: (board) => `https://careers.smartrecruiters.com/${board}`,
  workable: (board) => `https://apply.workable.com/${board}/`,
  recruitee: (board) => `https://${board}.recruitee.com/`,
};
const addressOf = (world: World, company: WorldCompany): string =>
  LINKS[boardVendorOf(world, company)](boardNameOf(company));
const linkOf = (world: World, company: WorldCompany): string =>
  `<a href="${addressOf(world, company)}">Open roles</a>`;

const EMBEDDED: Partial<Record<BoardVendor, (board: string) => string>> = {
  greenhouse: (board) =>
    `<div id="grnhse_app"></div><script src="https://boards.greenhouse.io/embed/job_board/js?for=${board}"></script>`,
  ashby: (board) => `<script src="https://jobs.ashbyhq.com/${board}/embed?version=2"></script>`,
  smartrecruiters: (board) =>
    `<script src="https://static.smartrecruiters.com/job-widget/1.6.9/script/smart_widget.js"></script><script>widget({"company_code": "${board}"});</script>`,
};
const embeddedOf = (world: World, company: WorldCompany): string =>
  EMBEDDED[boardVendorOf(world, company)]?.(boardNameOf(company)) ?? linkOf(world, company);

function homeOf({ name, employees, city, region, country }: WorldCompany, nav: string): string {
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
  return `<!doctype html><html><head><title>${name}</title><script type="application/ld+json">${JSON.stringify(organization)}</script></head><body><h1>${name}</h1>${nav}</body></html>`;
}
