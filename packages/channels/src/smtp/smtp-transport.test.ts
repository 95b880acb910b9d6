import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

import type { OutgoingMail } from '@penstock/engagement/mail-port';
import { afterEach, describe, expect, it } from 'vitest';

import { createSmtpTransport } from './smtp-transport.ts';

const mail: OutgoingMail = {
  messageId: '<one@penstock.example>',
  from: { name: 'Rae Rep', address: 'rae@penstock.example' },
  to: { name: 'Ada Okafor', address: 'ada@northmill.example' },
  replyTo: null,
  subject: 'Your demo',
  text: 'Hello Ada,\n\n.a line that begins with a dot\nRae',
};

/** What the server does when a command arrives; `undefined` means the ordinary answer. */
type Script = { [command: string]: ((socket: Socket) => void) | undefined; END?: (socket: Socket) => void };
type Recorded = { messages: string[]; connections: number };

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** A minimal SMTP server whose every step can break: `smtp-server` can't close after DATA without an answer. */
async function serve(script: Script): Promise<{ url: string; recorded: Recorded }> {
  const recorded: Recorded = { messages: [], connections: 0 };
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    recorded.connections += 1;
    sockets.add(socket.on('error', () => undefined));
    let pending = '';
    let data: string | null = null;
    if (script['CONN']) return script['CONN'](socket);
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      pending += chunk.toString('utf8');
      for (;;) {
        const end = data === null ? pending.indexOf('\r\n') : pending.indexOf('\r\n.\r\n');
        if (end === -1) return;
        const line = pending.slice(0, end);
        pending = pending.slice(end + (data === null ? 2 : 5));
        if (data !== null) {
          recorded.messages.push(line);
          data = null;
          if (script.END) return script.END(socket);
          socket.write('250 2.0.0 queued as 17\r\n');
          continue;
        }
        const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
        const scripted = script[verb];
        if (scripted) return scripted(socket);
        if (verb === 'DATA') data = '';
        socket.write(verb === 'DATA' ? '354 go ahead\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => server.close(done));
  });
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}?ignoreTLS=true`,
    recorded,
  };
}

function transportTo(url: string) {
  const transport = createSmtpTransport({ url, timeoutMs: 400 });
  cleanUps.push(() => transport.close());
  return transport;
}

const drop = (socket: Socket): void => void socket.destroy();
const hang = (): void => undefined;
const say =
  (line: string) =>
  (socket: Socket): void =>
    void socket.write(`${line}\r\n`);

describe('a mail', () => {
  it('is accepted once the server has taken it, over one connection', async () => {
    const { url, recorded } = await serve({});
    const transport = transportTo(url);
    expect(await transport.send(mail)).toEqual({ outcome: 'accepted', response: '250 2.0.0 queued as 17' });
    expect(await transport.send({ ...mail, messageId: '<two@penstock.example>' })).toMatchObject({
      outcome: 'accepted',
    });
    expect(recorded.connections).toBe(1);
    expect(recorded.messages[0]).toContain('Message-ID: <one@penstock.example>');
    expect(recorded.messages[0]).toContain('\r\n..a line that begins with a dot');
  });

  it.each<[string, Script, string, string]>([
    ['refuses the connection', { CONN: drop }, 'not_accepted', ''],
    ['greets with 554', { CONN: say('554 go away') }, 'not_accepted', '554'],
    ['says nothing at all', { CONN: hang }, 'not_accepted', ''],
    ['breaks before the recipient', { RCPT: drop }, 'not_accepted', ''],
    ['defers the recipient', { RCPT: say('451 later') }, 'not_accepted', '451'],
    ['refuses the recipient', { RCPT: say('550 no such user') }, 'refused', '550'],
    ['breaks at DATA', { DATA: drop }, 'not_accepted', ''],
    ['hangs at DATA', { DATA: hang }, 'not_accepted', ''],
    ['refuses DATA', { DATA: say('554 no') }, 'refused', '554'],
    ['breaks after the message', { END: drop }, 'unknown', ''],
    ['hangs after the message', { END: hang }, 'unknown', ''],
    ['defers the message', { END: say('452 full') }, 'not_accepted', '452'],
    ['refuses the message', { END: say('550 spam') }, 'refused', '550'],
    ['talks nonsense after the message', { END: say('hello') }, 'unknown', ''],
  ])('knows what it means that a server %s', async (_name, script, outcome, code) => {
    const { url, recorded } = await serve(script);
    const result = await transportTo(url).send(mail);
    expect(result.outcome).toBe(outcome);
    expect('code' in result ? result.code : '').toContain(code);
    // Whatever happened, nothing was sent again by itself.
    await new Promise((done) => setTimeout(done, 150));
    expect(recorded.messages.length).toBeLessThanOrEqual(1);
  });

  it('is not accepted if nobody listens', async () => {
    expect(await transportTo('smtp://127.0.0.1:1').send(mail)).toMatchObject({ outcome: 'not_accepted' });
  });
});

describe('header injection', () => {
  it('finds no way through subject or names', async () => {
    const { url, recorded } = await serve({});
    const evil = 'Hi\r\nBcc: everybody@else.example\r\n\r\nbody\u2028X: y';
    const result = await transportTo(url).send({
      ...mail,
      subject: evil,
      to: { ...mail.to, name: evil },
      from: { ...mail.from, name: evil },
    });
    expect(result.outcome).toBe('accepted');
    const [head = ''] = (recorded.messages[0] ?? '').split('\r\n\r\n');
    expect(head).not.toMatch(/^(Bcc|X):/im);
  });

  it.each([
    'ada@northmill.example\r\nBcc: x@y.example',
    'a@b.example, c@d.example',
    '<a@b.example>',
    'a b@c.example',
    '',
    'nobody',
  ])('refuses the address %j', async (address) => {
    const { url, recorded } = await serve({});
    const outcome = { outcome: 'refused', code: 'invalid_address' };
    expect(await transportTo(url).send({ ...mail, to: { name: '', address } })).toEqual(outcome);
    expect(await transportTo(url).send({ ...mail, replyTo: address })).toEqual(outcome);
    expect(recorded.connections).toBe(0);
  });

  it('refuses a message id that is none', async () => {
    const { url } = await serve({});
    expect(await transportTo(url).send({ ...mail, messageId: '<a@b>\r\nX: y' })).toMatchObject({
      outcome: 'refused',
    });
  });
});
