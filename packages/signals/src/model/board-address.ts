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
    path: /^\/(?:posting-api\/job-board\/)?([\w.%-]+)/,
  },
  {
    source: 'board/smartrecruiters',
    host: /^(careers|jobs)\.smartrecruiters\.com$/,
    path: /^\/(?:oneclick-ui\/company\/)?([\w-]+)/,
  },
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
  'about',
  'assets',
  'cdn',
  'status',
  'v0',
  'widget',
  'oneclick-ui',
]);

/** The board that a link leads to; null for any other link. */
export function boardInUrl(text: string): BoardAddress | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  for (const { source, host, path } of PATTERNS) {
    const named = host.exec(url.hostname);
    if (named === null) continue;
    const board = path === null ? named[1] : path.exec(url.pathname + url.search)?.[1];
    if (board !== undefined && !NO_BOARD.has(board.toLowerCase())) return { source, board: decoded(board) };
  }
  return null;
}

const LINKS =
  /(?:https?:)?\/\/[\w.-]+\.(?:greenhouse\.io|lever\.co|ashbyhq\.com|smartrecruiters\.com|workable\.com|recruitee\.com)[^\s"'<>\\)]*/gi;

/** Embedded boards that name the company beside the script, not in its address. */
const EMBEDDED: readonly { source: string; mark: string; named: RegExp }[] = [
  {
    source: 'board/smartrecruiters',
    mark: 'smartrecruiters.com',
    named: /\bcompany_code["']?\s{0,9}[:=]\s{0,9}["']([\w-]{1,80})["']/g,
  },
  {
    source: 'board/lever',
    mark: 'lever-jobs-embed',
    named: /\baccountName["']?\s{0,9}:\s{0,9}["']([\w.-]{1,80})["']/g,
  },
  {
    source: 'board/workable',
    mark: 'workable.com/assets/embed.js',
    named: /\bwhr_embed\(\s{0,9}["']?(\d{1,12})/g,
  },
];

/** Every board that a company's page links to or embeds, each once, those named most often first. */
export function boardsInPage(page: string): BoardAddress[] {
  const html = page
    .replaceAll('&amp;', '&')
    .replaceAll(/\\\/|\\u002f/gi, '/')
    .replaceAll(/\\u0026/gi, '&');
  const counts = new Map<string, { address: BoardAddress; times: number }>();
  const count = (address: BoardAddress): void => {
    const key = `${address.source}/${address.board.toLowerCase()}`;
    counts.set(key, { address, times: (counts.get(key)?.times ?? 0) + 1 });
  };
  for (const [link] of html.matchAll(LINKS)) {
    const address = boardInUrl(link.startsWith('//') ? `https:${link}` : link);
    if (address !== null) count(address);
  }
  for (const { source, mark, named } of EMBEDDED) {
    if (!html.includes(mark)) continue;
    for (const [, board = ''] of html.matchAll(named)) count({ source, board });
  }
  return [...counts.values()].toSorted((a, b) => b.times - a.times).map(({ address }) => address);
}

/** Ashby's addresses hold names as people write them. */
function decoded(board: string): string {
  try {
    return decodeURIComponent(board);
  } catch {
    return board;
  }
}
