import type { Hono } from 'hono';

import type { ScriptBook } from '../../control/script-book.ts';
import type { WorldCompany } from '../../world/world.ts';
import { html, json, pause, untilGone } from '../replies.ts';
import { BOARD_VENDORS } from './board-book.ts';
import type { BoardBook, BoardVendor, PostedJob } from './board-book.ts';
import * as wire from './wire.ts';

type Deps = { boards: BoardBook; scripts: ScriptBook; delayMs: () => number };
type Page = { from: number; limit: number };

/** Where each vendor's public board lies, and how it words an answer. */
const VENDORS: Record<
  BoardVendor,
  { path: RegExp; answer: (company: WorldCompany, jobs: readonly PostedJob[], page: Page) => unknown }
> = {
  greenhouse: { path: /^\/boards-api\.greenhouse\.io\/v1\/boards\/([^/]+)\/jobs$/, answer: wire.greenhouse },
  lever: { path: /^\/api\.lever\.co\/v0\/postings\/([^/]+)$/, answer: wire.lever },
  ashby: { path: /^\/api\.ashbyhq\.com\/posting-api\/job-board\/([^/]+)$/, answer: wire.ashby },
  smartrecruiters: {
    path: /^\/api\.smartrecruiters\.com\/v1\/companies\/([^/]+)\/postings$/,
    answer: wire.smartRecruiters,
  },
  workable: { path: /^\/apply\.workable\.com\/api\/v1\/widget\/accounts\/([^/]+)$/, answer: wire.workable },
  recruitee: { path: /^\/([a-z0-9-]+)\.recruitee\.com\/api\/offers\/$/, answer: wire.recruitee },
};

/** Serves the public boards of six vendors below their host names. Scripts are asked for as `board/greenhouse`. */
export function mountJobBoards(app: Hono, deps: Deps): void {
  app.use('*', async (context, next) => {
    const url = new URL(context.req.url);
    for (const vendor of BOARD_VENDORS) {
      const { path, answer } = VENDORS[vendor];
      const board = path.exec(url.pathname)?.[1];
      if (board === undefined) continue;
      const script = deps.scripts.take(`board/${vendor}`, `${url.pathname}${url.search}`);
      await pause(script.delayMs ?? deps.delayMs(), context.req.raw.signal);
      if (script.fault === 'hang' || script.fault === 'timeout_after_charge')
        return untilGone(context.req.raw.signal);
      if (script.fault === 'html') return html(200);
      if (script.fault === '500') return html(503);
      if (script.fault === '429' || script.fault === '429_retry_after')
        return json({ status: 429, headers: { 'retry-after': '5' }, body: { error: 'rate limit' } });
      const company = deps.boards.companyOf(vendor, board);
      if (company === null) return json({ status: 404, body: { status: 404, error: 'Not found' } });
      const from = Number(url.searchParams.get('skip') ?? url.searchParams.get('offset') ?? 0);
      const limit = Number(url.searchParams.get('limit') ?? 100);
      const body = answer(company, deps.boards.jobsOf(company), { from, limit });
      return json({ status: 200, body }, script.fault === 'truncated' ? { keep: 0.6 } : {});
    }
    return next();
  });
}
