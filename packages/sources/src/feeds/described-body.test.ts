import { expect, it } from 'vitest';

import { bodyFor } from './described-body.ts';

const BODY = '{"filter": {"kind": "news"}, "after": "{{cursor}}", "where": ["{{cursor}}", "p {{cursor}}!"]}';
const byCursor = { by: 'cursor', at: '/next', as: '', most: 3 } as const;

it('fills a body for each page, and leaves out what has no value yet', () => {
  const asking = { method: 'POST', body: BODY, pages: byCursor } as const;
  expect(bodyFor(asking, { page: 0, cursor: null })).toEqual({
    filter: { kind: 'news' },
    where: [null, 'p !'],
  });
  expect(bodyFor(asking, { page: 1, cursor: 'c2' })).toMatchObject({ after: 'c2', where: ['c2', 'p c2!'] });
  const numbered = { method: 'POST', body: '{"page": "{{page}}", "note": "page {{page}}"}' } as const;
  const pages = { by: 'number', as: '', first: 1, most: 3 } as const;
  expect(bodyFor({ ...numbered, pages }, { page: 2, cursor: null })).toEqual({ page: 3, note: 'page 3' });
  const offset = { by: 'offset', as: '', size: 50, most: 3 } as const;
  expect(
    bodyFor({ method: 'POST', body: '{"skip":"{{offset}}"}', pages: offset }, { page: 2, cursor: null }),
  ).toEqual({ skip: 100 });
  expect(bodyFor({ method: 'GET', body: '' }, { page: 0, cursor: null })).toBeUndefined();
});
