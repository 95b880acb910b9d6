import { whileAlive } from '../while-alive.ts';

export type EnrichContactInput = {
  workspaceId: string;
  personId: string;
  leadId: string | null;
  runId: string;
  /** It goes on from answers that came after the deadline. */
  late?: boolean;
};
export type WaterfallResult = {
  complete: boolean;
  stopReason: string;
  calls: number;
  retryAfterMs: number | null;
  /** Vendors that answer later still have to: looked at again in this very run, or in another one. */
  parked: 'open' | 'ended' | null;
  /** Its deadline has passed: a later round only goes on from what came too late. Left out by earlier versions. */
  late?: boolean;
};

export type EnrichContactDeps = {
  runWaterfall: (run: EnrichContactInput) => Promise<WaterfallResult>;
};

export function createEnrichContactActivities(deps: EnrichContactDeps) {
  return {
    /** A whole run; resumes from the ledger, never repeats a call that may have been charged. */
    runHere: (run: EnrichContactInput): Promise<WaterfallResult> => deps.runWaterfall(run),

    /** The same for workflows that were begun before it was a local activity. */
    runWaterfall: (run: EnrichContactInput): Promise<WaterfallResult> =>
      whileAlive(() => deps.runWaterfall(run)),
  };
}
