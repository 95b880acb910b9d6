import { setImmediate } from 'node:timers/promises';

import { DomainError } from '@penstock/kernel/domain-error';
import type { Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { adaptersIn, type Catalogue } from '../described-providers.ts';
import { limitsOf } from '../ask-provider.ts';
import { drawPeople } from '../choose-people.ts';
import { readPaces } from '../history-statements.ts';
import type { KnownPerson } from '../load-people.ts';
import {
  difference,
  replicate,
  REPLICATES,
  summarize,
  type Forecast,
  type Replicate,
} from '../model/forecast.ts';
import type { ForecastRecord } from '../model/forecast-walk.ts';
import { MOST_RECORDS } from '../model/list-run.ts';
import { secondsOf } from '../model/pace.ts';
import { ASSUMED, ENOUGH_CALLS, wilson, type History, type Share } from '../model/rates.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { planInputOf } from '../plan-person.ts';
import { readHistory } from '../read-history.ts';
import { keysInUse } from '../model/keys.ts';
import { Room, roomLeft } from '../room-left.ts';
import { readCredentials, type CredentialRow } from '../run-statements.ts';
import { MissingField, spendersOf, waterfallVersion } from './start-list-run.ts';

/** Records that are walked; a longer list is scaled from them. */
const SAMPLED = 400;

const Range = z.object({ low: z.number(), mid: z.number(), high: z.number() });
const Step = z.object({
  provider: z.string(),
  capability: z.string(),
  /** Expected, over the whole list. */
  calls: z.number(),
  costMicros: z.int(),
  /** Share of its answers with something in them; of a verifier, of addresses that came out valid. */
  rate: Range,
  /** Own calls that the rate is counted from. */
  seen: z.int(),
  /** `assumed`: this workspace has no calls of it, the figure is a published range. */
  basis: z.enum(['history', 'few_calls', 'assumed']),
});
const Outlook = z.object({
  versionId: z.string(),
  costMicros: Range,
  /** Records that end with a usable contact. */
  usable: Range,
  calls: Range,
  seconds: Range,
  /** The provider whose published limit sets the pace, if one does. */
  heldBy: z.string().nullable(),
  /** Micro-dollars per usable contact; null if none is expected. */
  perUsableMicros: z.number().nullable(),
  steps: z.array(Step),
});

/** What a run would cost and reach, before it is started: the planner walked over a sample of its people. Nothing is called or paid. */
export const forecastRunOperation = (catalogue: Catalogue) =>
  query({
    name: 'enrichment.forecast',
    lane: 'hot',
    permission: 'enrichment.run',
    summary:
      'What a run over these people would cost, reach and take, with ranges from this workspace’s own calls. Free.',
    input: z.object({
      /** Whoever lacks a usable value of it; left out where an import says whom. */
      field: MissingField.nullish(),
      importId: z.uuid().nullish(),
      limit: z.coerce.number().int().min(1).max(MOST_RECORDS).default(MOST_RECORDS),
      /** Whose budgets it would share, as with the run itself. */
      teamId: z.uuid().nullish(),
      campaignId: z.uuid().nullish(),
      /** Left out for the published version. */
      versionId: z.uuid().nullish(),
      /** Another version, to see the difference over the same people. */
      against: z.uuid().nullish(),
    }),
    output: z.object({
      records: z.int(),
      /** Walked one by one; the rest is scaled. */
      sampled: z.int(),
      /** Of the sample, people whom nobody may look up. */
      barred: z.int(),
      forecast: Outlook,
      against: Outlook.nullable(),
      /** What the version changes against the other one. */
      difference: z.object({ costMicros: Range, usable: Range }).nullable(),
      ...Room,
      paceFrom: z.enum(['runs', 'assumed']),
    }),
    async run({ tx, actor, now }, input) {
      const { limit, importId = null, field } = input;
      if (importId === null && !field)
        throw new DomainError('invalid', 'field: say what the people lack, or name an import.');
      const whom = { ids: null, importId, field: field ?? '', limit };
      const drawn = await drawPeople(tx, whom, { seed: 'forecast', most: SAMPLED, now });
      const paces = (await tx.rows(readPaces)).map(({ callsPerSecond }) => callsPerSecond);
      const credentials = await tx.rows(readCredentials);
      const adapters = await adaptersIn(tx, catalogue);
      const ground = { adapters, credentials, drawn, paces, history: await readHistory(tx, now) };
      const forecast = await look(tx, ground, input.versionId ?? null);
      const against = input.against ? await look(tx, ground, input.against) : null;
      return {
        records: drawn.total,
        sampled: drawn.people.length,
        barred: drawn.drawn - drawn.people.length,
        forecast: forecast.outlook,
        against: against?.outlook ?? null,
        difference: against ? difference(against.replicates, forecast.replicates, countsOf(drawn)) : null,
        ...(await roomLeft(tx, await spendersOf(tx, input, actor.teamId), now)),
        paceFrom: paces.length > 0 ? ('runs' as const) : ('assumed' as const),
      };
    },
  });

type Ground = {
  adapters: Catalogue['adapters'];
  drawn: { total: number; drawn: number; people: readonly KnownPerson[] };
  credentials: readonly CredentialRow[];
  paces: readonly number[];
  history: History;
};

/** Those who may not be looked up are taken off the whole list by their share of the sample. */
const countsOf = ({ total, drawn, people }: Ground['drawn']) => ({
  sampled: people.length,
  total: drawn === 0 ? 0 : Math.round((total * people.length) / drawn),
});

async function look(
  tx: Tx,
  ground: Ground,
  asked: string | null,
): Promise<{ outlook: z.input<typeof Outlook>; replicates: Replicate[] }> {
  const { versionId, waterfall } = await waterfallVersion(
    tx,
    asked ?? (await publishedDocument(tx, 'waterfall')).versionId,
  );
  const records = ground.drawn.people.map((person): ForecastRecord => {
    const known = planInputOf(ground.adapters, { ...person, waterfall });
    return { key: person.person.id, ...known };
  });
  const whole = ground.drawn.total <= ground.drawn.drawn;
  const replicates: Replicate[] = [];
  for (let at = 0; at < REPLICATES; at += 1) {
    replicates.push(replicate(records, waterfall, ground.history, { replicate: at, whole }));
    // Others are answered in between.
    await setImmediate();
  }
  const forecast = summarize(replicates, countsOf(ground.drawn));
  return { outlook: outlookOf(versionId, waterfall, forecast, ground), replicates };
}

function outlookOf(
  versionId: string,
  waterfall: Waterfall,
  forecast: Forecast,
  { adapters, credentials, paces, history }: Ground,
): z.input<typeof Outlook> {
  const { costMicros, usable, calls } = forecast;
  const keys = new Set(waterfall.steps.map(({ provider, capability }) => `${provider}/${capability}`));
  return {
    versionId,
    costMicros,
    usable,
    calls,
    ...secondsOf(
      calls,
      new Map(forecast.steps.map((step) => [step.key, step.calls])),
      paces,
      limitsOfAll(adapters, credentials),
    ),
    perUsableMicros: usable.mid > 0 ? costMicros.mid / usable.mid : null,
    steps: [...keys].map((key) => stepOf(key, forecast, history)),
  };
}

/** By the plans behind the keys, else by what the vendors publish. */
const limitsOfAll = (adapters: Ground['adapters'], credentials: readonly CredentialRow[]) =>
  [...adapters.values()].flatMap((adapter) => {
    const { id, limits } = adapter.manifest;
    const keys = keysInUse(credentials, id);
    if (keys.length === 0) return [{ id, limits, share: 1 }];
    // Keys that share a provider's calls have an equal part of them each.
    return keys.map((key) => ({ id, limits: limitsOf(adapter, key), share: 1 / keys.length }));
  });

function stepOf(key: string, forecast: Forecast, history: History): z.input<typeof Step> {
  const [provider = '', capability = ''] = key.split('/');
  const made = forecast.steps.find((step) => step.key === key);
  const share = shareOf(history, provider, capability);
  return {
    provider,
    capability,
    calls: made?.calls ?? 0,
    costMicros: made?.costMicros ?? 0,
    rate: share.of === 0 ? ASSUMED_RATE : wilson(share),
    seen: share.of,
    basis: share.of === 0 ? 'assumed' : share.of < ENOUGH_CALLS ? 'few_calls' : 'history',
  };
}

const ASSUMED_RATE = { low: 0.4, mid: ASSUMED.hit, high: 0.6 };

/** Answers with something in them; of a verifier those that let the address count without a doubt. */
function shareOf(history: History, provider: string, capability: string): Share {
  const seen = history.rates.find((rate) => rate.provider === provider && rate.capability === capability);
  if (!seen) return { hits: 0, of: 0 };
  const verdicts = Object.values(seen.verdicts).reduce((sum, calls) => sum + calls, 0);
  if (verdicts > 0) return { hits: seen.verdicts['valid'] ?? 0, of: verdicts };
  return { hits: seen.first.hits + seen.later.hits, of: seen.first.of + seen.later.of };
}
