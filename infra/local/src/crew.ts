import type { InstanceOptions } from './instance-options.ts';
import type { InstanceRecord } from './instance-record.ts';
import { SetupError } from './setup-error.ts';
import type { Supervised, Watchers } from './supervisor.ts';

export type Crew = {
  readonly members: readonly Supervised[];
  readonly watchers: Watchers;
  /** Ends all in order; from then on nothing new may start. */
  stop(): Promise<void>;
};

/** Those who take work first, those who hold data last; each has its own bound, so the whole is bounded. */
const STOP_ORDER = ['gateway', 'worker', 'sandbox', 'temporal', 'postgres'];

/** `worker` of `worker-2`. */
const kindOf = (name: string): string => name.replace(/-\d+$/, '');

/** Keeps account of all supervised parts of an instance, so that none is left when it ends, however it ends. */
export function gather(options: InstanceOptions, record: InstanceRecord): Crew {
  const members: Supervised[] = [];
  let open = true;
  // The last resort when this process ends without having stopped them.
  const killAll = () => members.forEach((member) => member.kill());
  process.once('exit', killAll);
  return {
    members,
    watchers: {
      onEvent: options.onEvent,
      onPid: (name, pid) => record.note(name, pid),
      onSupervised(member) {
        if (!open) throw new SetupError('interrupted', `${options.label} is being stopped.`);
        members.push(member);
      },
    },
    async stop() {
      open = false;
      for (const kind of STOP_ORDER)
        await Promise.all(members.filter(({ name }) => kindOf(name) === kind).map((member) => member.stop()));
      process.off('exit', killAll);
    },
  };
}
