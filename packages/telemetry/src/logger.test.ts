import { expect, it } from 'vitest';

import { describeError } from './logger.ts';

it('keeps what an error quotes out of the logs', () => {
  const error = Object.assign(new Error('duplicate key ana@brightwater.example'), { code: '23505' });
  expect(JSON.stringify(describeError(error))).not.toContain('ana@');
  expect(describeError(error)).toMatchObject({ name: 'Error', code: '23505' });
});
