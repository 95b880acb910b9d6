import { setTimeout as sleep } from 'node:timers/promises';

export type Heard = { position: number; content: string; atMs: number };
/** What an open console knows: from where on it has heard everything, and what it heard. */
export type LiveClient = { fromPosition: number; heard: Heard[]; lost: number; resyncs: number; cut(): void };

const RETRY_MS = 300;

/** Reads the event stream like the console: comes back by itself from the last position it has seen. */
export function liveClient(url: () => string, cookie: string, isOver: () => boolean): LiveClient {
  let abort = new AbortController();
  const client: LiveClient = { fromPosition: -1, heard: [], lost: 0, resyncs: 0, cut: () => abort.abort() };
  let position = -1;
  const hear = (block: string): void => {
    const field = (name: string) =>
      block
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim();
    const id = field('id');
    const event = field('event');
    if (id !== undefined) position = Number(id);
    if (client.fromPosition < 0 && event === 'hello') client.fromPosition = position;
    if (event === 'resync') {
      // The console loads its pages again: what came before does not matter any more.
      client.resyncs += 1;
      client.fromPosition = position;
    }
    if (event === 'change')
      client.heard.push({ position, content: field('data') ?? '', atMs: performance.now() });
  };
  const run = async (): Promise<void> => {
    while (!isOver()) {
      abort = new AbortController();
      try {
        const after = position < 0 ? '' : `?after=${position}`;
        const reply = await fetch(`${url()}/live${after}`, { headers: { cookie }, signal: abort.signal });
        let text = '';
        for await (const chunk of reply.body?.pipeThrough(new TextDecoderStream()) ?? []) {
          text += chunk;
          const blocks = text.split('\n\n');
          text = blocks.pop() ?? '';
          blocks.forEach(hear);
        }
      } catch {
        client.lost += 1;
      }
      await sleep(RETRY_MS);
    }
  };
  void run();
  return client;
}
