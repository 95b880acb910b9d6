import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

export type KeyAction = {
  /** `j`, `Enter`, `.`, `mod+k`, or two keys after each other: `g q`. */
  keys: string;
  label: string;
  run: () => void;
  /** Shown under this heading in the list of keys. */
  group?: string;
  /** Works while typing, too. */
  always?: boolean;
  /** Belongs to a dialog: works while one is open, but not while typing into it. */
  inDialog?: boolean;
};

type Layer = { read: () => readonly KeyAction[]; described: readonly Omit<KeyAction, 'run'>[] };

let layers: readonly Layer[] = [];
const listeners = new Set<() => void>();
let pending: { key: string; atMs: number } | null = null;
const SEQUENCE_MS = 900;

function setLayers(next: readonly Layer[]): void {
  layers = next;
  for (const listener of listeners) listener();
}

/** Keys that work while the component is on screen; a later one wins over an earlier one. */
export function useKeys(actions: readonly KeyAction[]): void {
  const read = useEffectEvent(() => actions);
  const shape = actions.map(({ keys, label }) => `${keys}\u0000${label}`).join('\u0001');
  useEffect(() => {
    const layer: Layer = { read: () => read(), described: read() };
    setLayers([...layers, layer]);
    return () => setLayers(layers.filter((other) => other !== layer));
  }, [shape]);
}

/** What the page on screen can do by keyboard, for the list that `?` opens. */
export function useKeyList(): readonly Omit<KeyAction, 'run'>[] {
  const seen = new Set<string>();
  return useLayers()
    .toReversed()
    .flatMap((layer) => layer.described)
    .filter(({ keys }) => !seen.has(keys) && seen.add(keys));
}

/** The same, to be run; for the palette. */
export function useKeyActions(): readonly KeyAction[] {
  return useLayers().flatMap((layer) =>
    layer.described.map(({ keys, label, group }) => ({
      keys,
      label,
      ...(group !== undefined && { group }),
      run: () =>
        layer
          .read()
          .find((action) => action.keys === keys)
          ?.run(),
    })),
  );
}

function useLayers(): readonly Layer[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => layers,
  );
}

export function listenToKeys(): () => void {
  window.addEventListener('keydown', noticeDialog, { capture: true });
  window.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('keydown', noticeDialog, { capture: true });
    window.removeEventListener('keydown', onKeyDown);
  };
}

/** Whether something lay over the page when the key went down: what Escape closes is gone by the time the page hears of it. */
let dialog = false;
function noticeDialog(): void {
  dialog = document.querySelector('[aria-modal="true"], [role="dialog"], [role="menu"]') !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const pressed = nameOf(event);
  if (pressed === null) return;
  const sequence = pending && Date.now() - pending.atMs < SEQUENCE_MS ? `${pending.key} ${pressed}` : null;
  const action = find(sequence, event) ?? find(pressed, event);
  pending = null;
  if (action) {
    event.preventDefault();
    action.run();
  } else if (!isTyping(event.target) && startsSequence(pressed)) {
    pending = { key: pressed, atMs: Date.now() };
  }
}

function find(keys: string | null, event: KeyboardEvent): KeyAction | undefined {
  if (keys === null) return undefined;
  const typing = isTyping(event.target);
  const pressesControl = (keys === 'Enter' || keys === 'Space') && isControl(event.target);
  for (const layer of layers.toReversed()) {
    const action = layer.read().find((candidate) => candidate.keys === keys);
    const fits = !typing && dialog === (action?.inDialog ?? false) && !pressesControl;
    if (action && (action.always === true || fits)) return action;
  }
  return undefined;
}

function startsSequence(pressed: string): boolean {
  return layers.some((layer) => layer.read().some(({ keys }) => keys.startsWith(`${pressed} `)));
}

function nameOf(event: KeyboardEvent): string | null {
  if (['Shift', 'Control', 'Meta', 'Alt'].includes(event.key) || event.altKey) return null;
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('button, a[href], [role="menuitem"], summary') !== null
  );
}
