export type BoardAddress = { source: string; board: string };

/** How each vendor's public pages, embedded scripts and APIs name a company's board. */
const PATTERNS: readonly { source: string; host: RegExp; path: RegExp | null }[] = [
  {
    source: 'board/greenhouse',
    host: /^(job-)?boards(\.eu)?\.greenhouse\.io$/,
    path: /^\/(?:embed\/job_(?:board|app)(?:\/js)?\?(?:.*&)?for=)?([\w-]+)/,
  },
  { source: 'board/greenhouse', host: /^boards-api\.greenhouse\.io$/, path: /^\/v1\/boards\/([\w-]+)/ },
  { source: 'board/lever-eu', host: /^(jobs|api)\.eu\.lever\.co$/, path: /^\/(?:v0\/postings\/)?([\w.-]+)/ },
  { source: 'board/lever', host: /^(jobs|api)\.lever\.co$/, path: /^\/(?:v0\/postings\/)?([\w.-]+)/ },
  {
    source: 'board/ashby',
    host: /^(jobs|api)\.ashbyhq\.com$/,
    path: /^\/(?:posting-api\/job-board\/)?([\w.-]+)/,
  },
  { source: 'board/smartrecruiters', host: /^(careers|jobs)\.smartrecruiters\.com$/, path: /^\/([\w-]+)/ },
  {
    source: 'board/smartrecruiters',
    host: /^api\.smartrecruiters\.com$/,
    path: /^\/v1\/companies\/([\w-]+)/,
  },
  {
    source: 'board/workable',
    host: /^apply\.workable\.com$/,
    path: /^\/(?:api\/v1\/widget\/accounts\/)?([\w-]+)/,
  },
  { source: 'board/workable', host: /^([\w-]+)\.workable\.com$/, path: null },
  { source: 'board/recruitee', host: /^([\w-]+)\.recruitee\.com$/, path: null },
];
/** Parts of vendors' own sites that are no company. */
const NO_BOARD = new Set([
  'www',
  'api',
  'apply',
  'embed',
  'jobs',
  'j',
  'v1',
  'help',
  'resources',
  'blog',
  'support',
  'docs',
  'app',
  'static',
  'careers',
  'hello',
]);

/** The board that a link leads to; null for any other link. */
export function boardInUrl(text: string): BoardAddress | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  for (const { source, host, path } of PATTERNS) {
    const named = host.exec(url.hostname);
    if (named === null) continue;
    const board = path === null ? named[1] : path.exec(url.pathname + url.search)?.[1];
    if (board !== undefined && !NO_BOARD.has(board.toLowerCase())) return { source, board };
  }
  return null;
}

const LINKS =
  /(?:https?:)?\/\/[\w.-]+\.(?:greenhouse\.io|lever\.co|ashbyhq\.com|smartrecruiters\.com|workable\.com|recruitee\.com)[^\s"'<>\\)]*/gi;

/** Every board that a company's page links to or embeds, each once, those named most often first. */
export function boardsInPage(html: string): BoardAddress[] {
  const counts = new Map<string, { address: BoardAddress; times: number }>();
  for (const [link] of html.replaceAll('&amp;', '&').matchAll(LINKS)) {
    const address = boardInUrl(link.startsWith('//') ? `https:${link}` : link);
    if (address === null) continue;
    const key = `${address.source}/${address.board.toLowerCase()}`;
    counts.set(key, { address, times: (counts.get(key)?.times ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.times - a.times).map(({ address }) => address);
}
