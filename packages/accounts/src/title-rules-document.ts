import { publishedBodyOr } from '@penstock/workspace/documents';

import { TitleRulesBody } from './contracts.ts';
import { DEFAULT_TITLE_RULES } from './model/default-title-rules.ts';
import type { TitleRules } from './model/title-rules.ts';

/** The published title rules of the workspace; those that new workspaces start with where none were published yet. */
export const titleRules = publishedBodyOr<TitleRules>('title_rules', TitleRulesBody, DEFAULT_TITLE_RULES);
