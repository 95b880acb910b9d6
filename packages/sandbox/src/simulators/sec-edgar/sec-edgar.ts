import type { Clock } from '@penstock/kernel/clock';
import type { Hono } from 'hono';

import type { ScriptBook } from '../../control/script-book.ts';
import { html, pause, untilGone } from '../replies.ts';
import { currentFeed, dailyIndex, filingPage, folderOf, fullSubmission, newYorkTime } from './pages.ts';
import { realIndex } from './real-filings.ts';
import type { PublishedFiling, ReleaseBook } from './release-book.ts';

export type EdgarDeps = {
  releases: ReleaseBook;
  clock: Clock;
  scripts: ScriptBook;
  referenceDir: string | null;
  delayMs: () => number;
  /** What is there at the first look is no news: so long after it something is. 0: never by itself. */
  newsAfterMs: number;
};

const HOST = 'www.sec.gov';
const REQUESTS_PER_SECOND = 10;

/** Serves EDGAR's own paths below `/www.sec.gov/`. The folder of a filing is also open to browsers, for reading evidence. */
export function mountEdgar(app: Hono, deps: EdgarDeps): void {
  const recent: number[] = [];
  const publishOnce = onceAfter(deps.newsAfterMs, () => deps.releases.release());
  app.get(`/${HOST}/*`, async (context) => {
    const url = new URL(context.req.url);
    const path = url.pathname.slice(HOST.length + 1);
    const script = deps.scripts.take('sec-edgar', `${path}${url.search}`);
    await pause(script.delayMs ?? deps.delayMs(), context.req.raw.signal);
    const agent = context.req.header('user-agent') ?? '';
    if (!agent.includes('@') && !isForReaders(path))
      return refusal('Your Request Originates from an Undeclared Automated Tool', 403);
    if (isTooFast(recent, performance.now())) return refusal('Request Rate Threshold Exceeded', 429);
    if (script.fault === 'hang' || script.fault === 'timeout_after_charge')
      return untilGone(context.req.raw.signal);
    if (script.fault === '500') return html(503);
    if (script.fault === 'html') return html(200);
    if (script.fault === '429' || script.fault === '429_retry_after')
      return refusal('Request Rate Threshold Exceeded', 429);
    const reply = serve(deps, path, url.searchParams);
    if (isFeed(path, url.searchParams)) publishOnce();
    if (script.fault !== 'truncated' || reply === null) return reply ?? missing();
    const whole = new Uint8Array(await reply.arrayBuffer());
    return new Response(whole.slice(0, Math.floor(whole.length * 0.6)), { headers: reply.headers });
  });
}

const isFeed = (path: string, query: URLSearchParams): boolean =>
  path === '/cgi-bin/browse-edgar' && query.get('action') === 'getcurrent';

/** Begins to wait with the first call, and does it once. */
function onceAfter(ms: number, action: () => void): () => void {
  let isBegun = ms === 0;
  return () => {
    if (isBegun) return;
    isBegun = true;
    setTimeout(action, ms).unref();
  };
}

const isForReaders = (path: string): boolean => /(-index\.htm|primary_doc\.xml)$/.test(path);

function isTooFast(recent: number[], nowMs: number): boolean {
  while (recent.length > 0 && (recent[0] ?? 0) <= nowMs - 1_000) recent.shift();
  if (recent.length >= REQUESTS_PER_SECOND) return true;
  recent.push(nowMs);
  return false;
}

function serve(deps: EdgarDeps, path: string, query: URLSearchParams): Response | null {
  if (isFeed(path, query)) {
    const page = { start: Number(query.get('start') ?? 0), count: Number(query.get('count') ?? 40) };
    return text(currentFeed(deps.releases.published(), page, deps.clock.now()), 'application/atom+xml');
  }
  const index = /^\/Archives\/edgar\/daily-index\/\d{4}\/QTR[1-4]\/(form\.(\d{4})(\d{2})(\d{2})\.idx)$/.exec(
    path,
  );
  if (index) return serveIndex(deps, index[1] ?? '', `${index[2]}-${index[3]}-${index[4]}`);
  for (const filing of deps.releases.published()) {
    const reply = serveFiling(filing, path);
    if (reply !== null) return reply;
  }
  return null;
}

function serveIndex(deps: EdgarDeps, fileName: string, day: string): Response | null {
  const real = realIndex(deps.referenceDir, fileName);
  if (real !== null) return new Response(real, { headers: { 'content-type': 'application/octet-stream' } });
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  const today = newYorkTime(deps.clock.now()).slice(0, 10);
  if (weekday === 0 || weekday === 6 || day > today) return null;
  const filings = deps.releases
    .published()
    .filter(({ publishedAt }) => newYorkTime(new Date(publishedAt)).startsWith(day));
  return text(dailyIndex(filings, day), 'application/octet-stream');
}

function serveFiling(filing: PublishedFiling, path: string): Response | null {
  const folder = folderOf(filing);
  const parent = folder.slice(0, folder.lastIndexOf('/'));
  if (path === `${folder}/primary_doc.xml`) return text(filing.xml, 'application/xml; charset=utf-8');
  if (path === `${folder}/${filing.accession}.txt` || path === `${parent}/${filing.accession}.txt`) {
    return text(fullSubmission(filing), 'text/plain; charset=utf-8');
  }
  const isPage = path === `${folder}/${filing.accession}-index.htm`;
  return isPage ? text(filingPage(filing), 'text/html; charset=utf-8') : null;
}

/** EDGAR's feeds are ISO-8859-1; what says utf-8 is utf-8. */
function text(body: string, contentType: string): Response {
  const encoding = contentType.includes('utf-8') ? 'utf8' : 'latin1';
  return new Response(new Uint8Array(Buffer.from(body, encoding)), {
    headers: { 'content-type': contentType },
  });
}

const refusal = (words: string, status: number): Response =>
  new Response(`<html><body><h1>${words}</h1></body></html>`, {
    status,
    headers: { 'content-type': 'text/html' },
  });

/** The archive is a bucket: what isn't there is "not found" in its words. */
const missing = (): Response =>
  new Response('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code></Error>', {
    status: 404,
    headers: { 'content-type': 'application/xml' },
  });
