import { publishedBodyOr } from '@penstock/workspace/documents';

import { WatchRulesBody } from './contracts.ts';
import { DEFAULT_WATCH_RULES, type WatchRules } from './model/watch-rules.ts';

/** The published watch rules of the workspace; those that new workspaces start with where none was published yet. */
export const watchRules = publishedBodyOr<WatchRules>('watch_rules', WatchRulesBody, DEFAULT_WATCH_RULES);
