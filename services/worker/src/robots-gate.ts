import type { Clock } from '@penstock/kernel/clock';
import { ProviderError } from '@penstock/kernel/provider-error';
import { isAllowed } from '@penstock/providers/company-site/robots';
import { SourceError, type SourceAdapter, type SourceRequest } from '@penstock/signals/source-port';

import type { OutsideWorld } from './outside-world.ts';

/** Name under which a robots.txt can address us. */
const AGENT = 'Penstock';
/** RFC 9309 lets it be kept for a day. */
const KEPT_MS = 86_400_000;
const RETRY_MS = 10 * 60_000;
const MOST_HOSTS = 1_000;

type Rules = { text: string | null; until: number };

/** Whether the host of a source that a workspace added lets itself be read, asked once a day. */
export function createRobotsGate(outside: Pick<OutsideWorld, 'openWebOf' | 'kindOf'>, clock: Clock) {
  const known = new Map<string, Rules>();
  async function rulesOf(workspaceId: string, host: string): Promise<Rules> {
    const key = `${await outside.kindOf(workspaceId)} ${host}`;
    const kept = known.get(key);
    if (kept && kept.until > clock.now().getTime()) return kept;
    const text = await readRobots(outside, workspaceId, host);
    const rules = { text, until: clock.now().getTime() + (text === null ? RETRY_MS : KEPT_MS) };
    if (known.size >= MOST_HOSTS) known.clear();
    known.set(key, rules);
    return rules;
  }
  return {
    /** @throws SourceError `forbidden` where the robots.txt says so, `unavailable` where it can't be read */
    async assertAllowed(
      workspaceId: string,
      { manifest }: Pick<SourceAdapter, 'manifest'>,
      { path }: SourceRequest,
    ): Promise<void> {
      const { text } = await rulesOf(workspaceId, manifest.host);
      if (text === null)
        throw new SourceError(manifest.id, 'unavailable', 'robots.txt can’t be read, so nothing else is');
      if (!isAllowed(text, AGENT, path))
        throw new SourceError(manifest.id, 'forbidden', 'the host’s robots.txt does not want this read');
    },
  };
}

/** Empty where there is none, which allows everything; null where nobody knows. */
async function readRobots(
  outside: Pick<OutsideWorld, 'openWebOf'>,
  workspaceId: string,
  host: string,
): Promise<string | null> {
  try {
    const reply = await outside.openWebOf(workspaceId).page(host, '/robots.txt');
    if (reply.status >= 500) return null;
    return reply.status >= 400 ? '' : reply.body;
  } catch (error) {
    if (error instanceof ProviderError) return null;
    throw error;
  }
}
