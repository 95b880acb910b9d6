import type { BrowserContext, Page } from 'playwright-core';

export type Sender = { name: string; email: string; account: string; message: string };

type Page1<Item> = { items: Item[] };
type Account = { id: string; name: string };
type Person = { name: string; email: string | null };

/** People of the sandbox's world, so that providers know some of them; others at every run on the same instance. */
export async function someSenders(context: BrowserContext, count: number, but?: Sender): Promise<Sender[]> {
  const { items } = await ask<Page1<Account>>(context, 'accounts.list', { state: 'active', limit: 60 });
  const start = Math.floor(Date.now() / 1_000) % items.length;
  const senders: Sender[] = [];
  for (const account of [...items.slice(start), ...items.slice(0, start)]) {
    if (senders.length === count) break;
    if (account.name === but?.account) continue;
    const { people } = await ask<{ people: Person[] }>(context, 'accounts.get', { id: account.id });
    const [person] = people;
    if (person?.email)
      senders.push({ name: person.name, email: person.email, account: account.name, message: MESSAGE });
  }
  return senders;
}

const MESSAGE =
  'We are moving off spreadsheets this quarter. Could you show us how routing works? About 40 reps.';

async function ask<Answer>(context: BrowserContext, path: string, input: unknown): Promise<Answer> {
  const reply = await context.request.get(`/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  const { result } = (await reply.json()) as { result: { data: Answer } };
  return result.data;
}

/** Fills in the hosted form of the first form in the settings, as anybody would. */
export async function sendDemoForm(page: Page, sender: Sender): Promise<void> {
  await page.goto('/settings/forms');
  const address = await page.getByRole('link', { name: 'Open the form' }).first().getAttribute('href');
  await page.goto(address ?? '');
  const [first = '', ...rest] = sender.name.split(' ');
  const fields = {
    first_name: first,
    last_name: rest.join(' '),
    email: sender.email,
    company: sender.account,
    message: sender.message,
  };
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value);
  await page.getByRole('button').click();
  await page.waitForURL('**/thanks');
}
