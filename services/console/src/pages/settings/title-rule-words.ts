import { ROLE_LABELS, SENIORITY_LABELS } from '@penstock/accounts/model/buying-role';

import type { QueryOutput } from '../../api/procedures.ts';
import type { RuleChange } from './watch-rule-words.ts';

export type TitleRules = QueryOutput<'settings.titleRules'>['published'];
export type TitleRule = TitleRules['rules'][number];
export type TitleTrial = QueryOutput<'settings.testTitleRules'>;
type Part = TitleTrial['examples'][number]['before'];

export const roleLabel = (role: TitleRule['role']): string =>
  role === null || role === 'none' ? 'No part' : ROLE_LABELS[role];

/** A part with its rank: "IT, director". */
export function partLabel({ role, seniority }: Part): string {
  const rank = seniority === null ? '' : SENIORITY_LABELS[seniority];
  return [roleLabel(role), rank.toLowerCase()].filter(Boolean).join(', ');
}

/** A rule that says nothing yet, under a name that no other has. */
export function blankTitleRule({ rules }: TitleRules, says: string[] = []): TitleRule {
  const names = new Set(rules.map(({ name }) => name.toLowerCase()));
  let number = rules.length + 1;
  while (names.has(`rule ${number}`)) number += 1;
  return { name: `Rule ${number}`, says, saysNot: [], role: 'end_user', seniority: null };
}

const SHOWN = 3;

/** What a rule makes of which titles, in a line. */
export function describeTitleRule({ says, saysNot, role, seniority }: TitleRule): string {
  const phrases =
    says.length === 0
      ? 'nothing yet'
      : says.slice(0, SHOWN).join(', ') + (says.length > SHOWN ? ` or ${says.length - SHOWN} more` : '');
  const makes = [
    ...(role === null ? [] : [roleLabel(role)]),
    ...(seniority === null ? [] : [SENIORITY_LABELS[seniority]]),
  ].join(', ');
  return `${makes || 'says nothing'} · ${phrases}${saysNot.length > 0 ? ` · not ${saysNot.join(', ')}` : ''}`;
}

/** Why rules can't be saved as they stand; null if they can. */
export function whatTitlesMiss({ rules }: TitleRules): string | null {
  const names = rules.map(({ name }) => name.trim().toLowerCase());
  if (names.includes('')) return 'A rule has no name.';
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `Two rules are called “${twice}”. Rename one.`;
  const empty = rules.find(({ says }) => says.length === 0);
  if (empty) return `“${empty.name}” needs at least one phrase.`;
  const short = rules.find(({ says, saysNot }) => [...says, ...saysNot].some((one) => one.trim().length < 2));
  if (short) return `“${short.name}” has a phrase of one letter.`;
  const mute = rules.find(({ role, seniority }) => role === null && seniority === null);
  return mute ? `“${mute.name}” says neither a part nor a rank.` : null;
}

/** What a draft changes, line by line. */
export function titleRuleChanges(published: TitleRules, draft: TitleRules): RuleChange[] {
  const before = new Map(published.rules.map((rule) => [rule.name, rule]));
  const after = new Set(draft.rules.map(({ name }) => name));
  const changes = [
    ...published.rules
      .filter(({ name }) => !after.has(name))
      .map(({ name }): RuleChange => ({ sign: '−', text: `“${name}”` })),
    ...draft.rules.flatMap((rule): RuleChange[] => {
      const was = before.get(rule.name);
      if (!was) return [{ sign: '+', text: `“${rule.name}”: ${describeTitleRule(rule)}` }];
      const parts = partsChanged(was, rule);
      return parts.length === 0 ? [] : [{ sign: '±', text: `“${rule.name}”: ${parts.join('; ')}` }];
    }),
  ];
  const order = (rules: TitleRules['rules'], others: (name: string) => boolean) =>
    rules.flatMap(({ name }) => (others(name) ? [name] : [])).join('\n');
  const moved =
    order(published.rules, (name) => after.has(name)) !== order(draft.rules, (name) => before.has(name));
  return moved ? [...changes, { sign: '±', text: 'The order of the rules' }] : changes;
}

function partsChanged(was: TitleRule, now: TitleRule): string[] {
  const lists = (['says', 'saysNot'] as const).flatMap((list) => [
    ...now[list]
      .filter((one) => !was[list].includes(one))
      .map((one) => `${list === 'says' ? '' : 'not '}+ ${one}`),
    ...was[list]
      .filter((one) => !now[list].includes(one))
      .map((one) => `${list === 'says' ? '' : 'not '}− ${one}`),
  ]);
  const rank = (one: TitleRule) => (one.seniority === null ? 'no rank' : SENIORITY_LABELS[one.seniority]);
  const part = (one: TitleRule) => (one.role === null ? 'nothing of the part' : roleLabel(one.role));
  return [
    ...lists,
    ...(was.role === now.role ? [] : [`${part(was)} → ${part(now)}`]),
    ...(was.seniority === now.seniority ? [] : [`${rank(was)} → ${rank(now)}`]),
  ];
}
