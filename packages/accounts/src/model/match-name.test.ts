import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  chooseByName,
  editDistance,
  MATCH_SCORE,
  scoreNames,
  spellingKeys,
  spellingProbes,
} from './match-name.ts';

describe('scoreNames', () => {
  it.each([
    ['Brightwater Analytics, Inc.', 'BRIGHTWATER ANALYTICS LLC'],
    ['Brightwater Analytics', 'Brightwatr Analytics'],
    ['Brightwater Analytics', 'Brihgtwater Analytics'],
    ['Wal-Mart Inc', 'Walmart Inc.'],
    ['Alibaba Group', 'Alibaba'],
    ['Deutsche Bank AG', 'Deutsche Bank'],
    ['Société Générale S.A.', 'Societe Generale'],
    ['주식회사 한빛', '한빛'],
  ])('%s is %s', (a, b) => {
    expect(scoreNames(a, b).score).toBeGreaterThanOrEqual(MATCH_SCORE);
  });

  it.each([
    ['Apple Inc.', 'Maple Inc.'],
    ['Samsung Electronics', 'LG Electronics'],
    ['Tencent Holdings', 'Baidu Holdings'],
    ['Summit Fund 11', 'Summit Fund 12'],
    ['General Electric', 'General Motors'],
    ['Global Systems', 'Global Solutions'],
    ['Amber Ridge', 'Amber Bridge Foods'],
    ['BP plc', 'BT plc'],
  ])('%s is not %s', (a, b) => {
    expect(scoreNames(a, b).score).toBeLessThan(MATCH_SCORE);
  });
});

it('counts a swap of neighbours as one error, and stops at the limit', () => {
  expect(editDistance('brightwater', 'brihgtwater', 2)).toBe(1);
  expect(editDistance('abc', 'xyzabc', 2)).toBe(3);
});

const names = fc.stringMatching(/^[b-df-hj-np-tv-z][a-z]{7,18}$/);

it('one letter left out, added, changed or swapped is found through the halves', () => {
  fc.assert(
    fc.property(names, fc.nat(), fc.constantFrom('out', 'in', 'change', 'swap'), (name, place, how) => {
      const at = place % (name.length - 1);
      const wrong = {
        out: name.slice(0, at) + name.slice(at + 1),
        in: `${name.slice(0, at)}x${name.slice(at)}`,
        change: `${name.slice(0, at)}x${name.slice(at + 1)}`,
        swap: name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2),
      }[how];
      const half = Math.floor(name.length / 2);
      // A swap over the middle spoils both halves.
      fc.pre(how !== 'swap' || at !== half - 1);
      // Words that became a common word or a legal form are other names.
      fc.pre(spellingKeys(wrong).length > 0);
      const stored = new Set(spellingKeys(name));
      expect(spellingProbes(wrong).some((probe) => stored.has(probe))).toBe(true);
    }),
  );
});

describe('chooseByName', () => {
  const candidate = (id: string, name: string, more = {}) => ({
    id,
    names: [name],
    country: 'US',
    region: 'MA',
    city: 'Boston',
    ...more,
  });
  const mention = { names: ['Brightwater Analytics Inc.'], country: 'US', region: 'MA', city: 'Boston' };

  it('takes the only one that fits, and says why', () => {
    expect(
      chooseByName(mention, [
        candidate('1', 'Brightwater Analytics'),
        candidate('2', 'Bridgewater Associates'),
      ]),
    ).toMatchObject({
      kind: 'match',
      candidate: { id: '1' },
      because: 'same name, same town',
    });
  });

  it('takes none of two namesakes without a place that tells them apart', () => {
    const both = [candidate('1', 'Brightwater Analytics'), candidate('2', 'Brightwater Analytics')];
    expect(chooseByName(mention, both)).toMatchObject({
      kind: 'ambiguous',
      candidates: [{ score: 1.06 }, { score: 1.06 }],
    });
    const apart = [
      candidate('1', 'Brightwater Analytics', { region: 'TX', city: 'Austin' }),
      candidate('2', 'Brightwater Analytics'),
    ];
    expect(chooseByName(mention, apart)).toMatchObject({ kind: 'match', candidate: { id: '2' } });
  });

  it('a namesake in another country is for a person to decide', () => {
    expect(
      chooseByName({ ...mention, country: 'DE', city: 'Köln', region: null }, [
        candidate('1', 'Brightwater Analytics'),
      ]).kind,
    ).toBe('ambiguous');
  });

  it('knows former names', () => {
    expect(
      chooseByName({ ...mention, names: ['Newname Corp', 'Brightwater Analytics'] }, [
        candidate('1', 'Brightwater Analytics'),
      ]),
    ).toMatchObject({
      kind: 'match',
      because: expect.stringContaining('former name'),
    });
  });
});
