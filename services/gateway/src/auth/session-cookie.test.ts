import { createHmac } from 'node:crypto';

import { expect, it } from 'vitest';

import { sessionTokenOf } from './session-cookie.ts';

const NAME = 'penstock.session_token';
const signed = (token: string, secret = 'secret') =>
  encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`);

it('gives the token of a cookie that we signed, among others', () => {
  expect(sessionTokenOf(`a=b; ${NAME}=${signed('token')}; c=d`, NAME, 'secret')).toBe('token');
});

it.each([
  null,
  '',
  'a=b',
  `${NAME}=`,
  `${NAME}=token`,
  `${NAME}=token.`,
  `${NAME}=token.AAAA`,
  `${NAME}=%E0%A4%A`,
  `${NAME}=${signed('token', 'another secret')}`,
  `${NAME}=${signed('token').replace('token', 'taken')}`,
  `x${NAME}=${signed('token')}`,
])('gives none for %j', (cookies) => {
  expect(sessionTokenOf(cookies, NAME, 'secret')).toBeNull();
});
