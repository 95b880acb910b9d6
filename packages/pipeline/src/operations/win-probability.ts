import { Instant } from '@penstock/kernel/contract';
import { FEWEST_OF_EACH } from '@penstock/scoring/model/win-probability';
import { one } from '@penstock/store/tx';
import { documentVersions } from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { learnFromOutcomes } from '../learn-win-model.ts';
import { FACT_LABELS } from '../model/deal-facts.ts';
import { learnedModel, type WinModelBody } from '../win-model-document.ts';
import { countDecided } from '../win-statements.ts';

const labelOf = (fact: string): string => FACT_LABELS[fact] ?? fact;

const Told = z.object({
  state: z.enum(['none', 'too_few', 'no_skill', 'ready']),
  /** Deals it rests on, or, before anything was learned, that are there to learn from. */
  won: z.int(),
  lost: z.int(),
  needed: z.int(),
  since: Instant.nullable(),
  until: Instant.nullable(),
  version: z.int().nullable(),
  learnedAt: Instant.nullable(),
  /** Chance that a won deal stood above a lost one, asked of deals that the model had not seen, and its lower 95 % bound. */
  area: z.number().nullable(),
  areaLow: z.number().nullable(),
  brier: z.number().nullable(),
  calibration: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      count: z.int(),
      predicted: z.number(),
      observed: z.number(),
    }),
  ),
  leaks: z.array(z.object({ fact: z.string(), label: z.string(), alone: z.number(), without: z.number() })),
});

/** What the probability to close rests on, and how well it foretells; or why there is none. */
export const readWinProbability = query({
  name: 'deals.winModel',
  lane: 'hot',
  permission: 'deal.read',
  summary: 'What the probability to close was learned from, how well it foretells, or why there is none.',
  input: z.object({}),
  output: Told.extend({
    versions: z.array(z.object({ number: z.int(), note: z.string(), learnedAt: Instant.nullable() })),
  }),
  async run({ tx }) {
    const learned = await learnedModel(tx);
    const versions = (await documentVersions(tx, 'win_model')).slice(0, 10);
    return {
      ...(learned ? told(learned.model, learned) : await nothingYet(one(tx, countDecided))),
      versions: versions.map(({ number, note, publishedAt }) => ({ number, note, learnedAt: publishedAt })),
    };
  },
});

const NOTHING = { area: null, areaLow: null, brier: null, calibration: [], leaks: [] };

async function nothingYet(
  counting: Promise<{ won: number; lost: number; since: Date | null; until: Date | null }>,
): Promise<z.input<typeof Told>> {
  const counted = await counting;
  return { state: 'none', ...counted, needed: FEWEST_OF_EACH, version: null, learnedAt: null, ...NOTHING };
}

function told(
  model: WinModelBody,
  { number, publishedAt }: { number: number; publishedAt: Date },
): z.input<typeof Told> {
  const { state, won, lost } = model;
  const at = (moment: string | null) => (moment === null ? null : new Date(moment));
  const rested = {
    state,
    won,
    lost,
    needed: FEWEST_OF_EACH,
    since: at(model.since),
    until: at(model.until),
    version: number,
    learnedAt: publishedAt,
  };
  if (model.state === 'too_few') return { ...rested, ...NOTHING };
  const { area, areaLow } = model;
  if (model.state === 'no_skill') return { ...rested, ...NOTHING, area, areaLow };
  const { brier, calibration } = model;
  const leaks = model.leaks.map((leak) => ({ ...leak, label: labelOf(leak.fact) }));
  return { ...rested, area, areaLow, brier, calibration, leaks };
}

/** Learns anew from every decided deal. It is also done by itself once a day when deals were decided. */
export const learnWinProbability = command({
  name: 'deals.learnWinModel',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Learn the probability to close anew from the workspace’s own decided deals.',
  input: z.object({}),
  output: z.object({ versionId: z.string(), state: z.enum(['too_few', 'no_skill', 'ready']) }),
  async run({ tx, actor, now }) {
    const { versionId, model } = await learnFromOutcomes(tx, { authorId: actor.id, now });
    return {
      output: { versionId, state: model.state },
      audit: {
        action: 'win_model.learned',
        subjectKind: 'document_version',
        subjectId: versionId,
        detail: { state: model.state, won: model.won, lost: model.lost },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'win_model' } }],
    };
  },
});
