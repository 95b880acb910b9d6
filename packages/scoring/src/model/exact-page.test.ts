import fc from 'fast-check';
import { expect, it } from 'vitest';

import { compareRanked, exactPage } from './exact-page.ts';

it('gives every page in the order computed from scratch, whatever the bounds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ exact: fc.integer({ min: 0, max: 50 }), slack: fc.integer({ min: 0, max: 30 }) }),
        { maxLength: 80 },
      ),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 7 }),
      async (values, limit, batchSize) => {
        const rows = values.map(({ exact, slack }, index) => ({
          id: `row-${String(index).padStart(3, '0')}`,
          exact,
          bound: exact + slack,
        }));
        const byBound = rows.toSorted((a, b) => b.bound - a.bound || (a.id < b.id ? -1 : 1));
        const readBatch = (offset: number) => Promise.resolve(byBound.slice(offset, offset + batchSize));
        const seen: string[] = [];
        let after: { exact: number; id: string } | null = null;
        for (;;) {
          const page: { rows: typeof rows } = await exactPage({ limit, after, readBatch });
          seen.push(...page.rows.map((row) => row.id));
          const last = page.rows.at(-1);
          if (last === undefined) break;
          after = { exact: last.exact, id: last.id };
        }
        expect(seen).toEqual(rows.toSorted(compareRanked).map((row) => row.id));
      },
    ),
  );
});
