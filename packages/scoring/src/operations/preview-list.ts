import { one, type Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { LOWEST_ID } from '../icp-build.ts';
import { candidatesOf, readAgainst, type Against, type Candidate } from '../lists/judge-accounts.ts';
import * as sql from '../lists/list-statements.ts';
import { countTests, testsOf, verdictOf, whyNobody, type ListFilter } from '../model/list-filter.ts';
import { ListFilterBody } from '../queue-filter.ts';
import { assertFilter } from './manage-lists.ts';

/** So many are judged one by one; of more, a part of them, drawn evenly. */
const MOST = 10_000;
const BATCH = 1_000;
/** Of the newest accounts it is told what each thing that is asked does. */
const NEWEST = 2_000;
const SHOWN = 20;

/** Who would be in a list, before it is kept: how many, who for example, and what each thing that is asked does. */
export const previewList = query({
  name: 'lists.preview',
  lane: 'hot',
  permission: 'account.read',
  summary:
    'How many accounts a filter would hold, who enters and who would leave a list that has it (id), and which criterion keeps the others out.',
  input: z.object({ filter: ListFilterBody, id: z.uuid().nullish() }),
  output: z.object({
    count: z.int(),
    /** Too many to judge each: the count is estimated from a part of them. */
    estimated: z.boolean(),
    /** Of those that were judged: not in the list yet. */
    entering: z.int(),
    examples: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        domain: z.string().nullable(),
        because: z.string(),
        isMember: z.boolean(),
      }),
    ),
    /** Of the newest accounts: how many pass each thing that is asked, and how many fail by it alone. */
    looked: z.int(),
    tests: z.array(z.object({ label: z.string(), wanted: z.string(), passed: z.int(), alone: z.int() })),
    /** Said when nobody would be in the list, with the criterion at fault. */
    warning: z.string().nullable(),
  }),
  async run({ tx, now }, { filter, id }) {
    await assertFilter(tx, filter);
    const against = await readAgainst(tx);
    const held = await walk(tx, against, filter, now);
    const newest = (await tx.rows(sql.newestToJudge, NEWEST)).map((row) => row.id);
    const judged = (await judge(tx, against, filter, newest, now)).map(({ tests }) => tests);
    const tests = countTests(judged);
    const isMember = (account: Candidate) => id != null && account.lists.includes(id);
    return {
      count: held.share === 1 ? held.inside.length : Math.round(held.inside.length * held.share),
      estimated: held.share > 1,
      entering: held.inside.filter(({ account }) => !isMember(account)).length,
      examples: held.inside.slice(0, SHOWN).map(({ account, because }) => ({
        id: account.id,
        name: account.name,
        domain: account.domain,
        because,
        isMember: isMember(account),
      })),
      looked: judged.length,
      tests,
      warning: held.inside.length === 0 ? whyNobody(tests, judged.length) : null,
    };
  },
});

type Inside = { account: Candidate; because: string };

async function walk(tx: Tx, against: Against, filter: ListFilter, now: Date) {
  const narrowed = sql.narrowed(filter);
  const { total } = await one(tx, sql.countCandidates, null, null, null, ...narrowed);
  const oneOf = Math.max(1, Math.ceil(total / MOST));
  const ids = (await tx.rows(sql.sampleCandidates, 2 * MOST, LOWEST_ID, oneOf, ...narrowed)).map(
    ({ id }) => id,
  );
  const inside: Inside[] = [];
  for (let from = 0; from < ids.length; from += BATCH)
    for (const { account, tests } of await judge(tx, against, filter, ids.slice(from, from + BATCH), now)) {
      const { belongs, because } = verdictOf(account, tests);
      if (belongs) inside.push({ account, because });
    }
  return { inside, share: oneOf === 1 || ids.length === 0 ? 1 : total / ids.length };
}

const judge = async (tx: Tx, against: Against, filter: ListFilter, ids: readonly string[], now: Date) =>
  (await candidatesOf(tx, against, filter.criteria, ids, now)).map((account) => ({
    account,
    tests: testsOf(filter, account, now, against),
  }));
