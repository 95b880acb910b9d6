import { expect, it } from 'vitest';

import { createLogger } from './logger.ts';

it('writes of an error its type, code, place and cause, and nothing that it may quote', () => {
  const lines: string[] = [];
  const log = createLogger({ service: 'test', level: 'info' }, { write: (line) => void lines.push(line) });
  const cause = Object.assign(new TypeError('no place for ben@brightwater.example'), { code: 'ECONNRESET' });
  const error = Object.assign(new Error('duplicate key (ana@northmill.example)', { cause }), {
    code: '23505',
  });
  log.warn({ error }, 'not kept');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    msg: 'not kept',
    error: {
      type: 'Error',
      code: '23505',
      at: expect.arrayContaining([expect.stringContaining('logger.test')]),
      cause: { type: 'TypeError', code: 'ECONNRESET' },
    },
  });
  expect(lines[0]).not.toMatch(/ana@|ben@/);
});
