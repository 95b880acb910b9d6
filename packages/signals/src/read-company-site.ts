import type { BoardAddress } from './model/board-address.ts';
import { boardsInPage } from './model/board-address.ts';
import { careersLinks, type SiteAddress } from './model/careers-links.ts';
import { SourceError } from './source-port.ts';

export const COMPANY_SITES_SOURCE = 'company-sites';

/** A company's own site, as far as its robots.txt lets it be read. */
export type CompanySite = {
  /** Throws `SourceError`: `forbidden` where the robots.txt says so, anything else for an outage. */
  page(address: SiteAddress): Promise<{ status: number; body: string }>;
};

export type LinkedBoard = BoardAddress & { foundOn: string; isOnCareersPage: boolean };

export type SiteReading =
  | { outcome: 'read'; boards: LinkedBoard[] }
  /** The site does not want to be read, or only in part, and that part links no board. */
  | { outcome: 'forbidden'; because: string };

const MOST_CAREERS_PAGES = 2;
/** The start page, once more below `www.`, and the pages that it calls openings. */
export const MOST_PAGES_OF_A_SITE = 2 + MOST_CAREERS_PAGES;
const GONE: ReadonlySet<number> = new Set([404, 410]);
const CLOSED: ReadonlySet<number> = new Set([401, 403]);

/**
 * Looks for job boards on the start page of a site and on at most two pages that its links call openings.
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
      const html = await readPage(site, address);
      if (html === null) closed += 1;
      else boards.push(...boardsOn(html, address, true));
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

/** Null where the site does not want it read. Some sites answer below `www.` alone. */
async function startPage(
  site: CompanySite,
  domain: string,
): Promise<{ address: SiteAddress; html: string } | null> {
  const bare = { host: domain, path: '/' };
  try {
    const html = await readPage(site, bare, true);
    return html === null ? null : { address: bare, html };
  } catch (error) {
    const isSilent = error instanceof SourceError && error.fault === 'unreachable';
    if (!isSilent || domain.startsWith('www.')) throw error;
    const address = { host: `www.${domain}`, path: '/' };
    const html = await readPage(site, address, true);
    return html === null ? null : { address, html };
  }
}

/** Null for a page that does not want to be read; empty for one that is gone. */
async function readPage(site: CompanySite, address: SiteAddress, isStart = false): Promise<string | null> {
  try {
    const { status, body } = await site.page(address);
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

const boardsOn = (html: string, { host, path }: SiteAddress, isOnCareersPage: boolean): LinkedBoard[] =>
  boardsInPage(html).map((board) => ({
    ...board,
    foundOn: `${host}${path === '/' ? '' : (path.split('?')[0] ?? '')}`.slice(0, 300),
    isOnCareersPage,
  }));

/** Each board once, found on a page of openings rather than on the start page. */
function distinct(boards: readonly LinkedBoard[]): LinkedBoard[] {
  const byKey = new Map<string, LinkedBoard>();
  for (const board of boards.toSorted((a, b) => Number(b.isOnCareersPage) - Number(a.isOnCareersPage))) {
    const key = `${board.source}/${board.board.toLowerCase()}`;
    if (!byKey.has(key)) byKey.set(key, board);
  }
  return [...byKey.values()];
}
