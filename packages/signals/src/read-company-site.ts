import type { BoardAddress } from './model/board-address.ts';
import { boardInUrl, boardsInPage } from './model/board-address.ts';
import { careersLinks, ownPage, type SiteAddress } from './model/careers-links.ts';
import { SourceError } from './source-port.ts';

export const COMPANY_SITES_SOURCE = 'company-sites';

/** A company's own site, as far as its robots.txt lets it be read. */
export type CompanySite = {
  /**
   * A page, or, where it redirects to another host, the address of that, which nobody has asked. Throws `SourceError`: `forbidden` where
   * the robots.txt says so, anything else for an outage.
   */
  page(address: SiteAddress): Promise<SitePage>;
};
export type SitePage = { status: number; body: string; leadsTo?: URL };

export type LinkedBoard = BoardAddress & { foundOn: string; isOnCareersPage: boolean };

export type SiteReading =
  | { outcome: 'read'; boards: LinkedBoard[] }
  /** The site does not want to be read, or only in part, and that part links no board. */
  | { outcome: 'forbidden'; because: string };

const MOST_CAREERS_PAGES = 2;
/** From a page to another host of the company's own, as from `acme.com/careers` to `careers.acme.com`. */
const MOST_STEPS = 1;
/** The start page, once more below `www.`, and the pages that it calls openings, each led on at most so often. */
export const MOST_PAGES_OF_A_SITE = 2 + MOST_CAREERS_PAGES * (1 + MOST_STEPS);
const GONE: ReadonlySet<number> = new Set([404, 410]);
const CLOSED: ReadonlySet<number> = new Set([401, 403]);

/**
 * Looks for job boards on the start page of a site and on at most two pages that its links call openings. A page of openings that
 * redirects to a vendor is that board; where it redirects to otherwise, nobody goes.
 * @throws SourceError where a page can't be read and the others link no board: that is an outage, never "no board"
 */
export async function readCompanySite(site: CompanySite, domain: string): Promise<SiteReading> {
  const start = await startPage(site, domain);
  if (start === null) return { outcome: 'forbidden', because: 'the site does not want to be read' };
  const boards = boardsOn(start.html, start.address, false);
  let outage: SourceError | null = null;
  let closed = 0;
  for (const address of careersLinks(start.html, start.address, domain, MOST_CAREERS_PAGES)) {
    try {
      const found = await boardsBehind(site, address, domain);
      if (found === null) closed += 1;
      else boards.push(...found);
    } catch (error) {
      if (!(error instanceof SourceError) || error.fault === 'day_limit') throw error;
      outage = error;
    }
  }
  if (boards.length > 0) return { outcome: 'read', boards: distinct(boards) };
  if (outage !== null) throw outage;
  return closed > 0
    ? { outcome: 'forbidden', because: 'the site does not want its page of openings read' }
    : { outcome: 'read', boards };
}

/** Boards that a page of openings holds or redirects to; null where it does not want to be read. */
async function boardsBehind(
  site: CompanySite,
  start: SiteAddress,
  domain: string,
): Promise<LinkedBoard[] | null> {
  let address = start;
  for (let step = 0; step <= MOST_STEPS; step += 1) {
    const page = await readPage(site, address);
    if (page === null) return null;
    if (typeof page === 'string') return boardsOn(page, address, true);
    const board = boardInUrl(page.href);
    if (board !== null) return [{ ...board, foundOn: placeOf(start), isOnCareersPage: true }];
    const own = ownPage(page.href, page.href, domain);
    if (own === null) return [];
    address = own;
  }
  throw new SourceError(COMPANY_SITES_SOURCE, 'unavailable', 'its page of openings leads in circles');
}

/** Null where the site does not want it read. Some sites answer below `www.` alone. */
async function startPage(
  site: CompanySite,
  domain: string,
): Promise<{ address: SiteAddress; html: string } | null> {
  const bare = { host: domain, path: '/' };
  try {
    return await readStart(site, bare);
  } catch (error) {
    const isSilent = error instanceof SourceError && error.fault === 'unreachable';
    if (!isSilent || domain.startsWith('www.')) throw error;
    return readStart(site, { host: `www.${domain}`, path: '/' });
  }
}

async function readStart(
  site: CompanySite,
  address: SiteAddress,
): Promise<{ address: SiteAddress; html: string } | null> {
  const page = await readPage(site, address, true);
  if (page === null) return null;
  if (typeof page === 'string') return { address, html: page };
  throw new SourceError(COMPANY_SITES_SOURCE, 'unavailable', 'it leads to another host');
}

/** Null for a page that does not want to be read; empty for one that is gone; where it leads for one that is elsewhere. */
async function readPage(
  site: CompanySite,
  address: SiteAddress,
  isStart = false,
): Promise<string | URL | null> {
  try {
    const { status, body, leadsTo } = await site.page(address);
    if (leadsTo !== undefined) return leadsTo;
    if (status === 200) return body;
    if (CLOSED.has(status)) return null;
    if (GONE.has(status) && !isStart) return '';
    throw new SourceError(
      COMPANY_SITES_SOURCE,
      status === 429 ? 'rate_limited' : 'unavailable',
      `the site answered HTTP ${status}`,
    );
  } catch (error) {
    if (error instanceof SourceError && error.fault === 'forbidden') return null;
    throw error;
  }
}

const placeOf = ({ host, path }: SiteAddress): string =>
  `${host}${path === '/' ? '' : (path.split('?')[0] ?? '')}`.slice(0, 300);

const boardsOn = (html: string, address: SiteAddress, isOnCareersPage: boolean): LinkedBoard[] =>
  boardsInPage(html).map((board) => ({ ...board, foundOn: placeOf(address), isOnCareersPage }));

/** Each board once, found on a page of openings rather than on the start page. */
function distinct(boards: readonly LinkedBoard[]): LinkedBoard[] {
  const byKey = new Map<string, LinkedBoard>();
  for (const board of boards.toSorted((a, b) => Number(b.isOnCareersPage) - Number(a.isOnCareersPage))) {
    const key = `${board.source}/${board.board.toLowerCase()}`;
    if (!byKey.has(key)) byKey.set(key, board);
  }
  return [...byKey.values()];
}
