import { statement } from '@penstock/store/statement';
import { one, type Tx } from '@penstock/store/tx';

import { loadPeople, type KnownPerson } from './load-people.ts';
import { planPerson } from './plan-person.ts';
import type { Waterfall } from './model/waterfall.ts';
import type { ProviderAdapter } from './provider-port.ts';

/** Whom a run or a forecast is about: those of `ids` or of an import, or all who lack a usable value of `field`. */
export type Whom = {
  ids: readonly string[] | null;
  importId: string | null;
  field: string;
  limit: number;
};

/** `$2` to `$5` as `whomParameters` gives them. */
export const WHOM = `from person p where p.workspace_id = $1 and p.erased_at is null and p.merged_into_id is null
     and ($2::uuid[] is null or p.id = any($2::uuid[]))
     and ($5::uuid is null or p.id in (select m.person_id from people_import_member m where m.workspace_id = $1 and m.import_id = $5))
     and ($3::text = '' or not exists (select 1 from visible_value v where v.workspace_id = p.workspace_id and v.subject_id = p.id and v.field = $3 and v.usable))`;

const choose = statement<{ id: string }>(
  'choose_people_of_list',
  `select p.id ${WHOM} order by p.id limit $4`,
);
/** Of the same people so many at random: the order hangs on the seed $6 alone. */
const chooseAtRandom = statement<{ id: string; total: number }>(
  'choose_people_at_random',
  `with chosen as materialized (select p.id ${WHOM} order by p.id limit $4)
   select id, (select count(*) from chosen)::int as total from chosen order by md5($6::text || id::text) limit $7`,
);

export const whomParameters = ({ ids, field, limit, importId }: Whom) =>
  [ids, field, limit, importId] as const;

export async function choosePeople(tx: Tx, whom: Whom): Promise<string[]> {
  return (await tx.rows(choose, ...whomParameters(whom))).map(({ id }) => id);
}

const count = statement<{ people: number }>(
  'count_people_of_list',
  `select count(*)::int as people from (select p.id ${WHOM} limit $4) c`,
);

export const countPeople = async (tx: Tx, whom: Whom): Promise<number> =>
  (await one(tx, count, ...whomParameters(whom))).people;

/** A sample of the people of a list, the same for the same seed, and how many the whole list has. */
export async function drawPeople(
  tx: Tx,
  whom: Whom,
  draw: { seed: string; most: number; now: Date },
): Promise<{ total: number; drawn: number; people: KnownPerson[] }> {
  const rows = await tx.rows(
    chooseAtRandom,
    whom.ids,
    whom.field,
    whom.limit,
    whom.importId,
    draw.seed,
    draw.most,
  );
  const people = await loadPeople(
    tx,
    rows.map(({ id }) => id),
    draw.now,
  );
  return { total: rows[0]?.total ?? 0, drawn: rows.length, people };
}

/** So many are drawn for each that is wanted, because some of them turn out to be people whom nobody can be asked for. */
const DRAWN_PER_WANTED = 3;
const DRAWN_BESIDE = 20;

/**
 * People at random for whom a waterfall would really ask somebody: those who objected, and those for whom every step is left out, tell
 * nothing in a trial.
 */
export async function drawAskable(
  tx: Tx,
  whom: Pick<Whom, 'field' | 'limit'> & Partial<Pick<Whom, 'importId'>>,
  draw: {
    seed: string;
    waterfall: Waterfall;
    adapters: ReadonlyMap<string, ProviderAdapter>;
    most: number;
    now: Date;
  },
): Promise<{ people: KnownPerson[]; leftOut: number }> {
  const { seed, waterfall, adapters, now } = draw;
  const most = draw.most * DRAWN_PER_WANTED + DRAWN_BESIDE;
  const { drawn, people } = await drawPeople(tx, { importId: null, ...whom, ids: null }, { seed, most, now });
  const askable = people.filter(
    (person) => planPerson(adapters, { ...person, waterfall }).plan.next !== null,
  );
  return { people: askable.slice(0, draw.most), leftOut: drawn - askable.length };
}
