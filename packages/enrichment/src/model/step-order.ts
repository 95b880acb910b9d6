import type { WaterfallStep } from './waterfall.ts';

/**
 * A number from 0 up to 1 that belongs to a record: the same at every look, in every process (FNV-1a, 32 bits, mixed once more, because its
 * high bits depend on few of the last characters).
 */
export function drawOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Whether a record is one of those that are asked in another order. */
export const inOtherOrder = (recordKey: string, share: number): boolean =>
  share > 0 && drawOf(`order/${recordKey}`) < share;

/**
 * The steps of a record: as written, or for a share of the records with the finders turned round (by a draw of their own, never the
 * written order), so that each provider is also asked first. Verification keeps its places.
 */
export function stepsFor<Step extends Pick<WaterfallStep, 'provider' | 'capability'>>(
  steps: readonly Step[],
  isFinder: (step: Step) => boolean,
  record: { key: string; otherOrderShare: number },
): readonly Step[] {
  const finders = steps.filter(isFinder);
  if (finders.length < 2 || !inOtherOrder(record.key, record.otherOrderShare)) return steps;
  const by = 1 + Math.floor(drawOf(`turn/${record.key}`) * (finders.length - 1));
  const turned = [...finders.slice(by), ...finders.slice(0, by)];
  let at = 0;
  return steps.map((step) => (isFinder(step) ? (turned[at++] ?? step) : step));
}
