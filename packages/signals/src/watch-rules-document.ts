import type { Tx } from '@penstock/store/tx';
import { documentVersions } from '@penstock/workspace/documents';

import { WatchRulesBody } from './contracts.ts';
import { DEFAULT_WATCH_RULES, type WatchRules } from './model/watch-rules.ts';

/** The published watch rules of the workspace; those that new workspaces start with where none was published yet. */
export async function watchRules(tx: Tx): Promise<WatchRules> {
  const published = (await documentVersions(tx, 'watch_rules')).find(
    (version) => version.state === 'published',
  );
  return published ? WatchRulesBody.parse(published.body) : DEFAULT_WATCH_RULES;
}
