/** Places where a crash would hurt. Armed only by tests and chaos runs, through the environment or `armFaultPoint`. */
export type FaultPointName =
  | 'lead.stored' // form stored, workflow not started
  | 'mail.sending' // `sending` committed, mail not handed over
  | 'mail.accepted' // mail accepted by the server, not yet recorded
  | 'ledger.reserved' // money reserved, call not made
  | 'provider.answered' // vendor answered (and charged), not yet recorded
  | 'level.reserved' // money of a whole level of a list reserved, no call made
  | 'level.answered' // all calls of a level answered, none recorded
  | 'filing.fetched' // filing fetched, not recorded
  | 'notification.sending' // `sending` committed, a member's message not handed over
  | 'signal.recorded'; // before the commit of signal, score and queue

type Reaction = 'kill' | 'throw';

const armed = new Map<string, { reaction: Reaction; spared: number; remaining: number }>();

for (const spec of (process.env['PENSTOCK_FAULT_POINTS'] ?? '').split(',').filter(Boolean)) {
  const [name = '', reaction = 'kill', count = '1', spared = '0'] = spec.split(':');
  armed.set(name, {
    reaction: reaction === 'throw' ? 'throw' : 'kill',
    spared: Number(spared),
    remaining: Number(count),
  });
}

export class FaultPointError extends Error {
  override readonly name = 'FaultPointError';
}

/** Does nothing unless this point was armed; then kills the process at once (`kill -9`) or throws. */
export function faultPoint(name: FaultPointName): void {
  const fault = armed.get(name);
  if (!fault || fault.remaining <= 0) return;
  if (fault.spared > 0) {
    fault.spared -= 1;
    return;
  }
  fault.remaining -= 1;
  if (fault.reaction === 'kill') process.kill(process.pid, 'SIGKILL');
  throw new FaultPointError(`fault point ${name}`);
}

/** Arms a point for `count` passes, after the first `spared` ones. */
export function armFaultPoint(name: FaultPointName, reaction: Reaction, count = 1, spared = 0): void {
  armed.set(name, { reaction, spared, remaining: count });
}

export function disarmFaultPoints(): void {
  armed.clear();
}
