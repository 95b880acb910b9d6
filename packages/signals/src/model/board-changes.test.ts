import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compareBoard, nextInterval, type KnownOpening, type SeenOpening } from './board-changes.ts';
import { DEFAULT_WATCH_RULES } from './watch-rules.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const seen = (key: string, more: Partial<SeenOpening> = {}): SeenOpening => ({
  key,
  title: 'Engineer',
  department: 'Engineering',
  team: null,
  countries: ['US'],
  isGeneral: false,
  ...more,
});
const known = (key: string, more: Partial<KnownOpening> = {}): KnownOpening => ({
  key,
  title: 'Engineer',
  department: 'Engineering',
  countries: ['US'],
  firstSeenAt: daysAgo(60),
  isBaseline: true,
  missingSince: null,
  goneAt: null,
  ...more,
});
const watch = { baselineAt: daysAgo(60), now: NOW, rules: DEFAULT_WATCH_RULES };
const compare = (before: KnownOpening[], openings: SeenOpening[], isWhole = true, more = {}) =>
  compareBoard(before, { openings, isWhole }, { ...watch, ...more });

it('takes the first sight as what was there', () => {
  const changes = compare([], [seen('1', { title: 'RevOps Manager' })], true, { baselineAt: null });
  expect(changes.fresh).toHaveLength(1);
  expect(changes.news).toEqual([]);
});

it('tells a relevant opening once it appears, and no irrelevant or general one', () => {
  const { news } = compare(
    [known('0')],
    [
      seen('0'),
      seen('1', { title: 'Director, Revenue Operations' }),
      seen('2', { title: 'Engineer II' }),
      seen('3', { title: 'Sales Ops talent pool', isGeneral: true }),
    ],
  );
  expect(news).toMatchObject([{ kind: 'hiring', opening: { key: '1' }, rule: { name: 'Sales operations' } }]);
});

describe('vanishing', () => {
  const board = Array.from({ length: 10 }, (_, at) => known(`k${at}`));

  it('needs two whole looks', () => {
    expect(compare(board, [seen('k0')])).toMatchObject({ gone: [], news: [] });
    const missing = board.map((one) => (one.key === 'k0' ? one : { ...one, missingSince: daysAgo(1) }));
    const changes = compare(missing, [seen('k0')]);
    expect(changes.gone).toHaveLength(9);
    expect(changes.news).toEqual([{ kind: 'hiring_freeze', vanished: 9, before: 10 }]);
  });

  it('is never concluded from a look that is not whole', () => {
    fc.assert(
      fc.property(fc.subarray(board.map(({ key }) => key)), fc.boolean(), (shown, wereMissing) => {
        const before = board.map((one) => ({ ...one, missingSince: wereMissing ? daysAgo(1) : null }));
        const changes = compare(
          before,
          shown.map((key) => seen(key)),
          false,
        );
        expect([...changes.missing, ...changes.gone, ...changes.news]).toEqual([]);
      }),
    );
  });

  it('is taken back when the openings are shown again', () => {
    expect(compare([known('1', { missingSince: daysAgo(1) })], [seen('1')]).back).toEqual(['1']);
  });

  it('of a few openings is everyday work', () => {
    const before = board.map((one) => (one.key < 'k4' ? { ...one, missingSince: daysAgo(1) } : one));
    expect(
      compare(
        before,
        board.slice(4).map(({ key }) => seen(key)),
      ).news,
    ).toEqual([]);
  });
});

describe('expansion', () => {
  it('is the first opening in a country or department, once for several openings', () => {
    const { news } = compare(
      [known('0'), known('1', { department: 'Sales' })],
      [
        seen('0'),
        seen('1'),
        seen('2', { countries: ['DE'] }),
        seen('3', { countries: ['DE'], department: 'Legal' }),
      ],
    );
    expect(news).toMatchObject([
      { kind: 'expansion', into: 'country', name: 'DE' },
      { kind: 'expansion', into: 'department', name: 'Legal' },
    ]);
  });

  it('is not told of a country where openings were before, or by a board that names none', () => {
    expect(
      compare([known('0', { countries: ['DE'], goneAt: daysAgo(9) })], [seen('2', { countries: ['DE'] })])
        .news,
    ).toEqual([]);
    expect(
      compare([known('0', { countries: [] })], [seen('0'), seen('2', { countries: ['DE'] })]).news,
    ).toEqual([]);
  });
});

it('a team grows by a third and three within four weeks, and only after four weeks of watching', () => {
  const before = [known('a', { title: 'Account Executive' }), known('b', { title: 'SDR' })];
  const now = [
    ...before.map(({ key, title }) => seen(key, { title })),
    ...['c', 'd', 'e'].map((key) => seen(key, { title: 'Account Executive' })),
  ];
  expect(compare(before, now).news).toContainEqual({
    kind: 'hiring_growth',
    team: 'Sales',
    now: 5,
    before: 2,
  });
  expect(
    compare(before, now, true, { baselineAt: daysAgo(20) }).news.filter(
      ({ kind }) => kind === 'hiring_growth',
    ),
  ).toEqual([]);
  expect(compare(before, now.slice(0, 4)).news.filter(({ kind }) => kind === 'hiring_growth')).toEqual([]);
});

it('looks more often at what changes, within bounds', () => {
  expect(nextInterval(3_600, true, 3_600)).toBe(1_800);
  expect(nextInterval(900, true, 3_600)).toBe(900);
  expect(nextInterval(28_800, false, 3_600)).toBe(28_800);
});
