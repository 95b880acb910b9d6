import { parseArgs } from 'node:util';

import { reasonOf, SetupError } from '../setup-error.ts';

export type StartFlags = { fresh: boolean; port: number };

const DEFAULT_PORT = 4100;
/** The simulators and the sandbox's mail server listen a little above the console. */
export const HIGHEST_OFFSET = 21;

/** Reads `--fresh` and `--port N` (or `PENSTOCK_PORT`). @throws SetupError `usage`. */
export function readStartFlags(args: string[], environment: Record<string, string | undefined>): StartFlags {
  try {
    const { values } = parseArgs({
      args,
      options: { fresh: { type: 'boolean', default: false }, port: { type: 'string' } },
    });
    return { fresh: values.fresh, port: readPort(values.port ?? environment['PENSTOCK_PORT']) };
  } catch (cause) {
    if (cause instanceof SetupError) throw cause;
    throw new SetupError('usage', `${reasonOf(cause)}\nUsage: npm start -- [--fresh] [--port N]`, { cause });
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1_024 && port <= 65_535 - HIGHEST_OFFSET) return port;
  throw new SetupError(
    'usage',
    `--port ${text} is not usable: give a number from 1024 to ${65_535 - HIGHEST_OFFSET}, for example --port 4200.`,
  );
}
