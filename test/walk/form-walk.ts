import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import type { WorldPerson, World } from '@penstock/sandbox/world/world';
import type { TRPCClient } from '@trpc/client';

import { seconds, until } from './waiting.ts';

export type Say = (line: string) => void;

/** People whom the simulators know well enough: an open mailbox and a mobile number; each at a company the CRM lacks. */
export function visitors(world: World, count: number): WorldPerson[] {
  return world.people
    .filter((person) => person.mailbox === 'open' && person.mobile !== null && person.country === 'US')
    .slice(0, count);
}

/** Sends the demo form as this person; answers the lead's id. */
export async function sendForm(formUrl: string, person: WorldPerson, company: string): Promise<string> {
  const reply = await fetch(formUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      first_name: person.givenName,
      last_name: person.familyName,
      email: person.email,
      company,
      country: person.country,
      message: 'Please show us how it works.',
    }),
  });
  if (reply.status !== 202) throw new Error(`the form answered ${reply.status}`);
  return ((await reply.json()) as { id: string }).id;
}

/** First path: a form becomes a worked lead and a deal that the pipeline lists by signal score. */
export async function walkForm(
  console_: TRPCClient<AppRouter>,
  formUrl: string,
  world: World,
  say: Say,
): Promise<{ mailMs: number; queueMs: number; enrichedMs: number }> {
  const [person] = visitors(world, 1);
  if (!person) throw new Error('the world has nobody to send the form');
  const company = world.companyByKey.get(person.companyKey)?.name ?? '';
  const sentAt = performance.now();
  const leadId = await sendForm(formUrl, person, company);
  say(`form answered in ${seconds(performance.now() - sentAt)}`);
  const item = await until(
    'the queue',
    async () =>
      (await console_.queue.list.query({ filter: 'inbound' })).items.find((one) => one.lead?.id === leadId),
    30_000,
    20,
  );
  const queueMs = performance.now() - sentAt;
  say(
    `in the queue after ${seconds(queueMs)}: ${item.account.name}, owner ${item.owner?.name ?? 'nobody'}, "${item.reason}"`,
  );
  const mailed = await until('the welcome mail', async () => {
    const { items } = await console_.sandbox.outbox.query({});
    return items.find((mail) => mail.to === person.email);
  });
  const mailMs = Date.parse(mailed.receivedAt) - Date.parse(item.lead?.receivedAt ?? '');
  say(`welcome mail from ${mailed.from} accepted ${seconds(mailMs)} after the form`);
  const lead = await until('enrichment', async () => {
    const seen = await console_.leads.get.query({ id: leadId });
    return seen.events.some((event) => event.kind === 'enriched') && seen;
  });
  const enrichedMs = performance.now() - sentAt;
  say(`routed: ${lead.routing?.because}`);
  const [run] = (await console_.enrichment.runs.query({ personId: lead.personId ?? '' })).items;
  for (const step of run?.steps ?? [])
    say(
      `  waterfall ${step.seq}: ${step.provider || '–'} ${step.decision}, ${step.outcome || step.reason} ($${(step.costMicros / 1e6).toFixed(4)})`,
    );
  const claimed = await console_.queue.claim.mutate({ id: item.id });
  say(
    `claimed: call ${claimed.contact?.name} at ${claimed.contact?.phone ?? 'no number'}, e-mail ${claimed.contact?.emailVerification ?? 'not verified'}`,
  );
  await console_.activities.record.mutate({
    kind: 'call',
    accountId: item.account.id,
    leadId,
    subject: 'First call',
    outcome: 'positive',
  });
  const deal = await console_.deals.create.mutate({
    accountId: item.account.id,
    leadId,
    personId: lead.personId,
    name: `${item.account.name} · first deal`,
    valueMinor: 1_200_000,
    currency: 'USD',
    source: 'inbound',
  });
  await console_.deals.move.mutate({ id: deal.id, toStage: 'contacted' });
  const page = await console_.deals.list.query({});
  const place = page.items.findIndex((one) => one.id === deal.id) + 1;
  say(
    `deal moved to Contacted on evidence; place ${place} of ${page.count} by signal score ${page.items[place - 1]?.signalScore.toFixed(1)}`,
  );
  if (place === 0) throw new Error('the pipeline does not list the deal');
  return { mailMs, queueMs, enrichedMs };
}
