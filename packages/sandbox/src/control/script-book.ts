import { z } from 'zod';

export const VendorFault = z.enum([
  'timeout_after_charge', // charges, then never answers
  'hang', // never answers, charges nothing
  '500',
  '429',
  '429_retry_after',
  'truncated', // charges, then sends half the JSON
  'html', // a page with 200 instead of JSON
  'masked', // charges for a record whose values the plan does not include
  'empty_id', // charges for a record that holds an id alone
]);
export type VendorFault = z.infer<typeof VendorFault>;

export const VendorScript = z.object({
  vendor: z.string(),
  /** Only calls whose path, query or body contain this text (decoded, any case). */
  match: z.string().optional(),
  /** Left out: the call is only delayed. */
  fault: VendorFault.optional(),
  times: z.int().positive().default(1),
  delayMs: z.int().nonnegative().max(600_000).optional(),
});
export type VendorScript = z.input<typeof VendorScript>;

export type Scripted = { fault: VendorFault | null; delayMs: number | null };

export type ScriptBook = {
  add(script: VendorScript): void;
  /** What the next matching script says about a call; each script is used up `times` times. */
  take(vendor: string, callText: string): Scripted;
  clear(): void;
};

/** Misbehaviour on demand. Lives in memory: a restart behaves. */
export function createScriptBook(): ScriptBook {
  const scripts: z.output<typeof VendorScript>[] = [];
  return {
    add: (script) => void scripts.push(VendorScript.parse(script)),
    take(vendor, callText) {
      const text = callText.toLowerCase();
      const script = scripts.find(
        (each) => each.times > 0 && each.vendor === vendor && text.includes((each.match ?? '').toLowerCase()),
      );
      if (script === undefined) return { fault: null, delayMs: null };
      script.times -= 1;
      return { fault: script.fault ?? null, delayMs: script.delayMs ?? null };
    },
    clear: () => void scripts.splice(0),
  };
}
