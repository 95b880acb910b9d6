import { TitleRulesBody } from '@penstock/accounts/contracts';
import { BUYING_ROLES, SENIORITIES } from '@penstock/accounts/model/buying-role';
import { deadRules } from '@penstock/accounts/model/title-rule-faults';
import { readTitle } from '@penstock/accounts/model/title-rules';
import { tryTitles } from '@penstock/accounts/model/try-titles';
import { titleRules } from '@penstock/accounts/title-rules-document';
import { Named, plainText } from '@penstock/kernel/contract';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { newestTitledPeople } from '../title-statements.ts';

const MOST_PEOPLE = 20_000;

const Part = z.object({ role: z.enum(BUYING_ROLES).nullable(), seniority: z.enum(SENIORITIES).nullable() });
const Said = z.object({ rule: z.string(), phrase: z.string() }).nullable();

/** What rules make of the people who are there, before they are saved. */
export const tryTitleRules = query({
  name: 'settings.testTitleRules',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'What title rules make of the people of the workspace, beside the published ones: who gets another role, and titles that no rule knows.',
  input: z.object({ body: TitleRulesBody, titles: z.array(plainText(300)).max(100).default([]) }),
  output: z.object({
    looked: z.int(),
    /** There are more people; the newest were looked at. */
    isCut: z.boolean(),
    changed: z.int(),
    ranksChanged: z.int(),
    /** Why a rule never counts, by its place. */
    dead: z.array(z.object({ index: z.int(), problem: z.string(), remedy: z.string() })),
    rules: z.array(z.object({ name: z.string(), people: z.int() })),
    examples: z.array(
      z.object({
        person: Named,
        account: Named,
        title: z.string(),
        before: Part,
        after: Part,
        rule: z.string().nullable(),
      }),
    ),
    unknown: z.array(z.object({ title: z.string(), people: z.int() })),
    unknownPeople: z.int(),
    /** How each of the titles sent is read, and the rule that says so. */
    readings: z.array(Part.extend({ title: z.string(), roleBy: Said, seniorityBy: Said })),
  }),
  async run({ tx }, { body, titles }) {
    const people = await tx.rows(newestTitledPeople, MOST_PEOPLE);
    const { examples, ...trial } = tryTitles(people, body, await titleRules(tx));
    return {
      looked: people.length,
      isCut: people.length === MOST_PEOPLE,
      ...trial,
      dead: deadRules(body.rules),
      examples: examples.map(({ personId, name, accountId, accountName, title, before, after, rule }) => ({
        person: { id: personId, name },
        account: { id: accountId, name: accountName },
        title,
        before,
        after,
        rule,
      })),
      readings: titles.map((title) => ({ title, ...readTitle(title, body) })),
    };
  },
});
