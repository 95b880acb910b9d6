import { expect, it } from 'vitest';

import { askingFault } from './asking-fault.ts';

const BODY = '{"filter": {"kind": "news"}, "after": "{{cursor}}", "where": ["{{cursor}}", "p {{cursor}}!"]}';
const byCursor = { by: 'cursor', at: '/next', as: '', most: 3 } as const;

it.each([
  [{ method: 'GET', body: '{}' }, 'body', /POST alone/],
  [{ method: 'POST', body: '{"a": {{page}}}' }, 'body', /no JSON/],
  [{ method: 'POST', body: '{"a": "{{secret}}"}' }, 'body', /knows no/],
  [{ method: 'POST', body: '{"a": "{{page}}"}', pages: byCursor }, 'body', /not asked for by it/],
  [{ method: 'POST', body: '{}', pages: byCursor }, 'pages.as', /\{\{cursor\}\} in the body/],
] as const)('refuses by the field what can not be asked: %j', (asking, field, message) => {
  const fault = askingFault(asking);
  expect(fault?.path.join('.')).toBe(field);
  expect(fault?.message).toMatch(message);
});

it('takes what can be asked', () => {
  expect(askingFault({ method: 'POST', body: BODY, pages: byCursor })).toBeNull();
  expect(askingFault({ pages: { ...byCursor, as: 'after' } })).toBeNull();
  expect(askingFault({ pages: { by: 'link', at: '', most: 5 } })).toBeNull();
});
