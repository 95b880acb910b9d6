import { PERMISSIONS } from '@penstock/workspace/model/role';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { gatewayFixture, PASSWORD, PUBLIC_URL, signIn, type GatewayFixture } from './gateway-fixture.ts';
import type { TestWorkspace } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let home: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
  other = await gateway.workspace('other');
});
afterAll(() => gateway[Symbol.asyncDispose]());

const post = (path: string, body: unknown, cookie: string) =>
  gateway.app.request(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: PUBLIC_URL, cookie },
    body: JSON.stringify(body),
  });

describe('the sign-in library', () => {
  it('lets nobody make or change an API key behind the back of the workspace', async () => {
    const { cookie } = home.members.rep;
    const metadata = { workspaceId: other.id, scopes: PERMISSIONS };
    const made = await post('/api-key/create', { name: 'mine', metadata }, cookie);
    expect(made.status).toBe(404);
    expect((await post('/api-key/update', { keyId: 'x', metadata }, cookie)).status).toBe(404);
  });

  it('answers nothing of its own but sign-in, sign-out and a change of password', async () => {
    const { cookie } = home.members.rep;
    for (const path of [
      '/organization/create',
      '/organization/invite-member',
      '/organization/leave',
      '/organization/set-active',
      '/api-key/verify',
      '/update-user',
      '/sign-up/email',
      '/sign-in/email/',
      '/%61pi-key/create',
      '//api-key/create',
    ]) {
      expect({ path, status: (await post(path, {}, cookie)).status }).toEqual({ path, status: 404 });
    }
    const listed = await gateway.app.request('/api/auth/api-key/list', { headers: { cookie } });
    expect(listed.status).toBe(404);
  });

  it('changes a password for who knows the present one, and ends the session at sign-out', async () => {
    const cookie = await signIn(gateway.app, 'revops@home.example');
    const newPassword = 'another long password';
    expect(
      (await post('/change-password', { currentPassword: 'not the present one', newPassword }, cookie))
        .status,
    ).toBe(400);
    expect((await post('/change-password', { currentPassword: PASSWORD, newPassword }, cookie)).status).toBe(
      200,
    );
    const again = await signIn(gateway.app, 'revops@home.example', newPassword);
    expect((await post('/sign-out', {}, again)).status).toBe(200);
    expect((await gateway.trpc('session.me', 'query', {}, { cookie: again })).status).toBe(401);
  });
});

it('lets an address guess ten times a minute, whatever it says of itself and whoever it names', async () => {
  const guess = (from: string, attempt: number) => {
    const headers = {
      'content-type': 'application/json',
      origin: PUBLIC_URL,
      'x-forwarded-for': `198.51.100.${attempt}`,
      'x-penstock-client-ip': `198.51.100.${attempt}`,
    };
    const body = JSON.stringify({ email: `member${attempt}@home.example`, password: 'a wrong password' });
    // As the server hands it on: the address is the connection's.
    const connection = { incoming: { socket: { remoteAddress: from, remotePort: 1, remoteFamily: 'IPv4' } } };
    return gateway.app.request('/api/auth/sign-in/email', { method: 'POST', headers, body }, connection);
  };
  const statuses: number[] = [];
  for (let attempt = 1; attempt <= 12; attempt += 1)
    statuses.push((await guess('203.0.113.7', attempt)).status);
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  expect((await guess('203.0.113.8', 1)).status).toBe(401);
});
