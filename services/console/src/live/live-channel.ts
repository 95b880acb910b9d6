import { useSyncExternalStore } from 'react';

export type Change = { kind: string; payload: Record<string, unknown> };
export type LiveState = 'connecting' | 'live' | 'lost';
type Message =
  | { type: 'change'; change: Change }
  | { type: 'resync' }
  | { type: 'state'; state: LiveState; sinceMs: number }
  | { type: 'hello' };

const LOCK = 'penstock.live';
/** The gateway beats every 15 s; after two and a half missed beats the connection is dead, whatever the browser thinks. */
const SILENCE_MS = 40_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000];

let state: { state: LiveState; sinceMs: number } = { state: 'connecting', sinceMs: Date.now() };
const stateListeners = new Set<() => void>();
const changeListeners = new Set<(change: Change | 'resync') => void>();

function setState(next: LiveState, sinceMs = Date.now()): void {
  if (state.state === next) return;
  state = { state: next, sinceMs };
  for (const listener of stateListeners) listener();
}

function deliver(change: Change | 'resync'): void {
  for (const listener of changeListeners) listener(change);
}

export function onChange(listener: (change: Change | 'resync') => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

/** Whether changes arrive, and since when. */
export function useLiveState(): { state: LiveState; sinceMs: number } {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}

/**
 * One connection per browser: the tab that holds the lock listens to the gateway and tells the others.
 * Without locks (plain HTTP on a network) each tab listens for itself.
 */
export function startLive(): () => void {
  const ending = new AbortController();
  const channel = new BroadcastChannel(LOCK);
  channel.onmessage = (event: MessageEvent<Message>) => hear(event.data);
  channel.postMessage({ type: 'hello' } satisfies Message);

  const lead = () =>
    new Promise<void>((resolve) => {
      if (ending.signal.aborted) {
        resolve();
        return;
      }
      const stop = listen((message) => {
        if (ending.signal.aborted) return;
        channel.postMessage(message);
        hear(message);
      });
      channel.onmessage = (event: MessageEvent<Message>) => {
        if (event.data.type === 'hello') channel.postMessage({ type: 'state', ...state } satisfies Message);
      };
      ending.signal.addEventListener('abort', () => (stop(), resolve()));
    });
  if ('locks' in navigator) {
    navigator.locks.request(LOCK, { signal: ending.signal }, lead).catch(() => undefined); // aborted while waiting
  } else {
    void lead();
  }
  return () => {
    ending.abort();
    channel.close();
  };
}

function hear(message: Message): void {
  if (message.type === 'change') deliver(message.change);
  if (message.type === 'resync') deliver('resync');
  if (message.type === 'state') setState(message.state, message.sinceMs);
}

/** Reads the event stream and comes back by itself, from the last position it has seen. */
function listen(tell: (message: Message) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let position = '';
  let failures = 0;

  const lose = (current: EventSource) => {
    tell({ type: 'state', state: 'lost', sinceMs: Date.now() });
    current.close();
    clearTimeout(silence);
    clearTimeout(timer);
    timer = setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
  };
  const connect = () => {
    const current = new EventSource(position ? `/live?after=${encodeURIComponent(position)}` : '/live');
    source = current;
    const note = (event: MessageEvent<string>) => {
      if (event.lastEventId) position = event.lastEventId;
      clearTimeout(silence);
      silence = setTimeout(() => lose(current), SILENCE_MS);
    };
    current.addEventListener('hello', note);
    current.addEventListener('beat', note);
    current.onopen = () => {
      failures = 0;
      tell({ type: 'state', state: 'live', sinceMs: Date.now() });
    };
    current.addEventListener('change', (event) => {
      note(event);
      const change = readChange(event.data);
      if (change) tell({ type: 'change', change });
    });
    current.addEventListener('resync', (event) => {
      note(event);
      tell({ type: 'resync' });
    });
    current.onerror = () => lose(current);
  };
  connect();
  return () => {
    clearTimeout(timer);
    clearTimeout(silence);
    source?.close();
  };
}

function readChange(data: string): Change | null {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string')
      return null;
    const payload =
      'payload' in value && typeof value.payload === 'object' && value.payload ? value.payload : {};
    return { kind: value.kind, payload: { ...payload } };
  } catch {
    return null; // A broken line must not stop the ones after it.
  }
}
