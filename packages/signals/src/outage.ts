import { SourceError, type SourceReply } from './source-port.ts';

const SAMPLE_CHARACTERS = 500;

/** A reply that can't be read, kept in part, so that somebody can see what has changed. */
export class UnreadableReply extends SourceError {
  readonly sample: string;
  constructor(cause: SourceError, reply: Pick<SourceReply, 'body'>) {
    super(cause.source, cause.fault, cause.detail, { cause });
    this.sample = reply.body.slice(0, SAMPLE_CHARACTERS);
  }
}

/** A list that shows nothing of what its source showed before. */
export class StrangeList extends SourceError {
  constructor(source: string, detail: string) {
    super(source, 'malformed', detail);
  }
}

/** A reply that may have been cut off: it counts if the next look ends alike. */
export class CutList extends SourceError {
  readonly cut: string;
  constructor(source: string, cut: string) {
    super(source, 'malformed', 'ends within a line: it counts once two looks end alike');
    this.cut = cut;
  }
}

/**
 * Reads a reply. Whatever a reader stumbles over is the source's fault and not the worker's: it is an outage with a sample, and the
 * sources after it are looked at.
 */
export function reading<Read>(source: string, reply: SourceReply, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SourceError))
      throw new UnreadableReply(
        new SourceError(source, 'malformed', 'can not be read', { cause: error }),
        reply,
      );
    throw error.fault === 'malformed' ? new UnreadableReply(error, reply) : error;
  }
}

const LONGEST_PAUSE_MS = 86_400_000;
const BUSY: ReadonlySet<number> = new Set([429, 503]);

/** How long the source asked to be left alone (`Retry-After`, whole seconds); 0 where it did not. */
export function askedPauseMs(reply: Pick<SourceReply, 'status' | 'headers'>): number {
  const seconds = BUSY.has(reply.status) ? Number(reply.headers['retry-after'] ?? 0) : 0;
  return Number.isFinite(seconds) ? Math.min(LONGEST_PAUSE_MS, Math.max(0, seconds * 1_000)) : 0;
}
