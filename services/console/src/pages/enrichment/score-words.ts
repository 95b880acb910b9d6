import type { QueryInput, QueryOutput } from '../../api/procedures.ts';
import { duration } from '../../format/moment.ts';
import { countryName, sentence, words } from '../../format/words.ts';
import { dollars } from './forecast-words.ts';

export type Scorecards = QueryOutput<'enrichment.scorecards'>;
export type Score = Scorecards['items'][number];
export type ScoreBy = NonNullable<QueryInput<'enrichment.scorecards'>['by']>;

export const SCORE_BY: readonly { value: ScoreBy; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'position', label: 'By position' },
  { value: 'country', label: 'By country' },
  { value: 'size', label: 'By company size' },
  { value: 'seniority', label: 'By seniority' },
];

const POSITIONS: Readonly<Record<string, string>> = {
  '1': 'asked first',
  '2': 'asked second',
  '3': 'asked third or later',
};

/** A segment as a person reads it; empty for all of them. */
export function segmentInWords(by: ScoreBy, segment: string): string {
  if (by === 'all') return '';
  if (by === 'position') return POSITIONS[segment] ?? segment;
  if (segment === '') return 'not known';
  if (by === 'country') return countryName(segment) ?? segment;
  return by === 'size' ? `${segment.replace('-', ' to ')} employees` : sentence(words(segment));
}

export const percent = (part: number, of: number): string =>
  of === 0 ? '–' : `${((part / of) * 100).toFixed(of < 200 ? 0 : 1)}%`;
export const perUsable = ({ perUsableMicros }: Pick<Score, 'perUsableMicros'>): string =>
  perUsableMicros === null ? '–' : dollars(perUsableMicros);
export const latency = (p50: number | null, p95: number | null): string =>
  p50 === null || p95 === null ? '–' : `${duration(p50)} / ${duration(p95)}`;

export const scoreKey = ({ provider, capability, field, segment }: Score): string =>
  `${provider}/${capability}/${field}/${segment}`;

/** The header and lines of a file: what the table shows, with shares as numbers. */
export function scoreFile(by: ScoreBy, items: readonly Score[]) {
  const header = [
    'Field',
    'Provider',
    'Segment',
    'Asked',
    'Found',
    'Verified',
    'Usable',
    'Wrong',
    'Cost, USD',
    'Cost per usable, USD',
    'Latency p50, ms',
    'Latency p95, ms',
    'Errors',
    'Charge unknown',
  ];
  const lines = items.map((row) => [
    words(row.field),
    row.providerName,
    segmentInWords(by, row.segment),
    row.asked,
    row.found,
    row.verified,
    row.usable,
    row.wrong,
    row.chargedMicros / 1_000_000,
    row.perUsableMicros === null ? null : row.perUsableMicros / 1_000_000,
    row.p50Ms,
    row.p95Ms,
    row.errors,
    row.unknown,
  ]);
  return { header, lines };
}
