import { setImmediate as letOthersRun } from 'node:timers/promises';

import { readTitle, type TitleRules } from '@penstock/accounts/model/title-rules';
import { titleRules } from '@penstock/accounts/title-rules-document';
import type { Store } from '@penstock/store/store';
import type { Tx } from '@penstock/store/tx';

import { titlesOfWorkspace } from './title-statements.ts';

const BATCH = 500;

/** Titles of a workspace that mean another role or rank under other rules than under the published ones. */
export async function titlesReadOtherwise(
  store: Store,
  workspaceId: string,
  wanted: (tx: Tx) => Promise<TitleRules>,
): Promise<string[]> {
  const { before, after, titles } = await store.reading(workspaceId, async (tx) => ({
    before: await titleRules(tx),
    after: await wanted(tx),
    titles: await tx.rows(titlesOfWorkspace),
  }));
  const found: string[] = [];
  for (let from = 0; from < titles.length; from += BATCH) {
    for (const { title } of titles.slice(from, from + BATCH)) {
      const [old, next] = [readTitle(title, before), readTitle(title, after)];
      if (old.role !== next.role || old.seniority !== next.seniority) found.push(title);
    }
    await letOthersRun();
  }
  return found;
}
