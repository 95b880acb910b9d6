import { lowestIdAt } from '@penstock/kernel/ids';
import { publishedDocument } from '@penstock/workspace/documents';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { manifestsIn, type Catalogue } from '../described-providers.ts';
import {
  readScorecards,
  readVerdictCounts,
  readVersionFigures,
  type ScoreRow,
} from '../scorecard-statements.ts';
import { WaterfallBody } from '../waterfall-document.ts';

const DAY_MS = 86_400_000;

/** Of a provider, for a field, in a segment. Found, verified and usable are three things; only usable is called coverage. */
const Score = z.object({
  provider: z.string(),
  providerName: z.string(),
  capability: z.string(),
  field: z.string(),
  segment: z.string(),
  /** Answered, or of unknown fate; calls that left and failed without a charge are errors. */
  asked: z.int(),
  found: z.int(),
  /** Null where nobody verifies such a value. */
  verified: z.int().nullable(),
  usable: z.int(),
  /** Refused by the receiving server, or a wrong number by a rep's word. */
  wrong: z.int(),
  /** The field's part of what the calls cost. */
  chargedMicros: z.int(),
  perUsableMicros: z.number().nullable(),
  errors: z.int(),
  unknown: z.int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

const Verifier = z.object({
  provider: z.string(),
  providerName: z.string(),
  calls: z.int(),
  valid: z.int(),
  catchAll: z.int(),
  invalid: z.int(),
  unknown: z.int(),
  chargedMicros: z.int(),
  errors: z.int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

const VersionFigure = z.object({
  versionId: z.string(),
  number: z.int(),
  runs: z.int(),
  records: z.int(),
  found: z.int(),
  verified: z.int(),
  usable: z.int(),
  spentMicros: z.int(),
});

/** What each provider was worth: by field and segment, by position, for one version or all. */
export const scorecardsOperation = (catalogue: Catalogue) =>
  query({
    name: 'enrichment.scorecards',
    lane: 'hot',
    permission: 'enrichment.read',
    summary:
      'Providers by field and segment: asked, found, verified, usable, wrong, cost per usable value, latency, errors.',
    input: z.object({
      by: z.enum(['all', 'position', 'country', 'size', 'seniority']).default('all'),
      days: z.coerce.number().int().min(1).max(366).default(90),
      /** Only calls of runs by this version of the waterfall. */
      versionId: z.uuid().nullish(),
    }),
    output: z.object({
      items: z.array(Score),
      verifiers: z.array(Verifier),
      versions: z.array(VersionFigure),
    }),
    async run({ tx, now }, { by, days, versionId }) {
      const since = lowestIdAt(new Date(now.getTime() - days * DAY_MS));
      const { policy } = WaterfallBody.parse((await publishedDocument(tx, 'waterfall')).body);
      const rows = await tx.rows(
        readScorecards,
        since,
        versionId ?? null,
        by,
        policy.acceptCatchAll,
        policy.mobileLineTypes,
      );
      const verdicts = await tx.rows(readVerdictCounts, since, versionId ?? null);
      const manifests = await manifestsIn(tx, catalogue);
      const kinds = new Map(
        manifests.flatMap(({ id, name, capabilities }) =>
          capabilities.map(
            (one) => [`${id}/${one.id}`, { name, verifies: one.kind === 'verify_email' }] as const,
          ),
        ),
      );
      const nameOf = ({ provider, capability }: { provider: string; capability: string }) =>
        kinds.get(`${provider}/${capability}`)?.name ?? provider;
      const isVerifier = ({ provider, capability }: { provider: string; capability: string }) =>
        kinds.get(`${provider}/${capability}`)?.verifies ?? false;
      return {
        items: rows
          .filter((row) => !isVerifier(row))
          .map((row) => scoreOf(row, nameOf(row)))
          .toSorted(byUsable),
        verifiers: verifiersOf(rows.filter(isVerifier), verdicts, nameOf),
        versions: await tx.rows(readVersionFigures, since),
      };
    },
  });

type Scored = z.input<typeof Score>;

function scoreOf(row: ScoreRow, providerName: string): Scored {
  const { answered: _answered, ...figures } = row;
  return {
    ...figures,
    providerName,
    verified: row.field === 'work_email' ? row.verified : null,
    perUsableMicros: row.usable === 0 ? null : row.chargedMicros / row.usable,
  };
}

const byUsable = (a: Scored, b: Scored): number =>
  a.field.localeCompare(b.field) ||
  a.segment.localeCompare(b.segment) ||
  b.usable / Math.max(1, b.asked) - a.usable / Math.max(1, a.asked) ||
  a.provider.localeCompare(b.provider);

/** Verifiers over all segments: what they said, and what it cost. */
function verifiersOf(
  rows: readonly ScoreRow[],
  verdicts: readonly { provider: string; capability: string; verdict: string; calls: number }[],
  nameOf: (row: ScoreRow) => string,
): z.input<typeof Verifier>[] {
  const groups = Map.groupBy(rows, ({ provider, capability }) => `${provider}/${capability}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const sum = (value: (row: ScoreRow) => number) => group.reduce((total, row) => total + value(row), 0);
    const said = (...which: string[]) =>
      verdicts
        .filter(
          (row) =>
            row.provider === first.provider &&
            row.capability === first.capability &&
            which.includes(row.verdict),
        )
        .reduce((total, row) => total + row.calls, 0);
    return {
      provider: first.provider,
      providerName: nameOf(first),
      calls: sum(({ asked }) => asked),
      valid: said('valid'),
      catchAll: said('catch_all'),
      invalid: said('invalid', 'disposable', 'do_not_mail'),
      unknown: said('unknown'),
      chargedMicros: sum(({ chargedMicros }) => chargedMicros),
      errors: sum(({ errors, unknown }) => errors + unknown),
      // Of the largest segment: percentiles don't add up.
      p50Ms: largest(group).p50Ms,
      p95Ms: largest(group).p95Ms,
    };
  });
}

function largest(group: readonly ScoreRow[]): Pick<ScoreRow, 'p50Ms' | 'p95Ms'> {
  const [most] = group.toSorted((a, b) => b.asked - a.asked);
  return most ?? { p50Ms: null, p95Ms: null };
}
