import type {
  CompanyEvent,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';
import { z } from 'zod';

import { failWith, faultOfStatus, jsonOf, lenientList, readAs } from '../reply-reading.ts';
import { getRequest, syncCalls } from '../vendor-calls.ts';
import { BUILTWITH_ID, builtWithManifest, TECHNOLOGIES } from './manifest.ts';

/** Moments are milliseconds since 1970. */
const Technology = z.object({
  Name: z.string().min(1),
  FirstDetected: z.number(),
  LastDetected: z.number(),
});
const Reply = z.object({
  Results: z.array(
    z.object({
      Lookup: z.string().nullish(),
      Result: z.object({ Paths: lenientList(z.object({ Technologies: lenientList(Technology) })) }),
    }),
  ),
});
const Errors = z.object({
  Errors: z.array(z.object({ Message: z.string(), Code: z.number().nullish() })).min(1),
});

export const builtWith: ProviderAdapter = {
  manifest: builtWithManifest,
  ...syncCalls(BUILTWITH_ID, refuseFaults, {
    [TECHNOLOGIES]: {
      // Without addresses, names and titles: nothing of people is asked for.
      build: ({ companyDomain }) =>
        getRequest('/v22/api.json', {
          LOOKUP: companyDomain,
          HIDETEXT: 'yes',
          NOMETA: 'yes',
          NOPII: 'yes',
          NOATTR: 'yes',
        }),
      read: readTechnologies,
    },
  }),
};

/** What is wrong is said inside a 200, in words. */
function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(BUILTWITH_ID, fault, reply);
  const said = Errors.safeParse(jsonOf(reply));
  if (!said.success) return;
  const words = said.data.Errors.map(({ Message }) => Message).join(' ');
  if (/credit/i.test(words)) failWith(BUILTWITH_ID, 'quota_exhausted', reply);
  failWith(
    BUILTWITH_ID,
    /api key|not a valid key|authori[sz]/i.test(words) ? 'unauthorized' : 'rejected',
    reply,
  );
}

const DAY_MS = 86_400_000;
/** A site is looked at every few weeks: what was not seen for so long, while other things were, is gone. */
const GONE_MS = 45 * DAY_MS;

function readTechnologies(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { Results } = readAs(BUILTWITH_ID, Reply, reply);
  const byName = new Map<string, { name: string; first: number; last: number }>();
  for (const { Result } of Results)
    for (const { Technologies } of Result.Paths)
      for (const { Name, FirstDetected, LastDetected } of Technologies) {
        // The same tool on several paths is one tool, from its first sight to its last.
        const known = byName.get(Name.toLowerCase());
        byName.set(Name.toLowerCase(), {
          name: Name,
          first: Math.min(FirstDetected, known?.first ?? FirstDetected),
          last: Math.max(LastDetected, known?.last ?? LastDetected),
        });
      }
  const tools = [...byName.values()];
  const looked = Math.max(0, ...tools.map(({ last }) => last));
  const since = Date.parse(asked.since ?? '') || 0;
  const events = tools.flatMap(({ name, first, last }): CompanyEvent[] => {
    const at = (ms: number) => new Date(ms).toISOString();
    const shared = { what: 'technology' as const, ref: name.toLowerCase(), url: '', name };
    if (first > since && last >= looked - GONE_MS)
      return [
        {
          ...shared,
          at: at(first),
          quote: `${name}, first seen ${at(first).slice(0, 10)}`,
          change: 'adopted',
        },
      ];
    // Told once: in the look in which it had been missing for long enough.
    const goneAt = last + GONE_MS;
    return goneAt > since && goneAt <= looked && first <= since
      ? [{ ...shared, at: at(last), quote: `${name}, last seen ${at(last).slice(0, 10)}`, change: 'dropped' }]
      : [];
  });
  return { outcome: 'events', events, more: false, vendorCredits: 1 };
}
