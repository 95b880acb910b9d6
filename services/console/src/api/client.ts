import { createTRPCUntypedClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';

import type {
  MutationInput,
  MutationOutput,
  MutationPath,
  QueryInput,
  QueryOutput,
  QueryPath,
} from './procedures.ts';

/** Questions whose input is longer than an address may be. */
const LONG_QUESTIONS: ReadonlySet<string> = new Set<QueryPath>([
  'settings.testWatchRules',
  'settings.testNewsRules',
  'settings.testTitleRules',
  'settings.judgeIcp',
  'settings.compareIcp',
  'lists.preview',
  'enrichment.forecastSearch',
]);

/** Questions over a whole workspace: what is asked beside them does not wait for their answers. */
const SLOW_QUESTIONS: ReadonlySet<string> = new Set<QueryPath>([
  'queue.outcomes',
  'queue.load',
  'queue.levels',
  'deals.list',
  'sources.list',
  'visits.read',
  'scores.compareModel',
]);

/** Questions travel together, slow ones alone, long ones alone in a body; changes alone, each with its own idempotency key. */
const client = createTRPCUntypedClient({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'mutation',
      true: httpLink({
        url: '/trpc',
        headers: ({ op }) => {
          const key = op.context['idempotencyKey'];
          return typeof key === 'string' ? { 'idempotency-key': key } : {};
        },
      }),
      false: splitLink({
        condition: (operation) => LONG_QUESTIONS.has(operation.path),
        true: httpLink({ url: '/trpc', methodOverride: 'POST' }),
        false: splitLink({
          condition: (operation) => SLOW_QUESTIONS.has(operation.path),
          true: httpLink({ url: '/trpc' }),
          false: httpBatchLink({ url: '/trpc', maxURLLength: 4_000 }),
        }),
      }),
    }),
  ],
});

/** Asks the gateway. @throws TRPCClientError; see `toFailure`. */
export async function ask<Path extends QueryPath>(
  path: Path,
  input: QueryInput<Path>,
  signal?: AbortSignal,
): Promise<QueryOutput<Path>> {
  const answer = await client.query(path, input, { ...(signal && { signal }) });
  // Safe: the gateway parses every answer with the contract that `QueryOutput` is made from.
  return answer as QueryOutput<Path>;
}

/** Asks the gateway for a change. Sending the same `idempotencyKey` again does it once. */
export async function change<Path extends MutationPath>(
  path: Path,
  input: MutationInput<Path>,
  idempotencyKey: string = newKey(),
): Promise<MutationOutput<Path>> {
  const answer = await client.mutation(path, input, { context: { idempotencyKey } });
  // Safe: as in `ask`.
  return answer as MutationOutput<Path>;
}

/** `crypto.randomUUID` exists only on secure origins; a console on plain HTTP needs keys too. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
