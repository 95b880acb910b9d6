import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from '@penstock/kernel/clock';
import { DomainError } from '@penstock/kernel/domain-error';
import { storable } from '@penstock/kernel/storable';
import { onceForKey } from '@penstock/store/idempotency';
import { eventValues, insertEvents, type DomainEvent } from '@penstock/store/outbox';
import { commonOf, type Common } from '@penstock/store/shared-reads';
import type { Store } from '@penstock/store/store';
import type { RecordsTx, Tx } from '@penstock/store/tx';
import type { z } from 'zod';

import { auditValues, insertAudit, insertAuditAndEvents, type AuditNote } from './audit.ts';
import { changeTogether } from './change-together.ts';
import { problemOf, remedyFor } from './input-issues.ts';
import { actorMay, type Actor } from './model/actor.ts';
import type { Permission } from './model/role.ts';

type Context<Lane extends Tx> = {
  tx: Lane;
  actor: Actor;
  now: Date;
  /**
   * What is worth tidying up is done behind the answer, in a transaction of its own (in another one as long as there is more), or not at
   * all. Reads of the hot lane can't write.
   */
  afterwards(tidyUp: TidyUp): void;
};

/**
 * What a change leaves behind: its answer, who did what, and what others should know. No audit (null) of what is a reader's own and changes
 * nothing for anybody else.
 */
export type Change<Output> = { output: Output; audit: AuditNote | null; events?: readonly DomainEvent[] };

type Shape<
  Kind extends 'query' | 'command',
  Lane extends 'hot' | 'records',
  I extends z.ZodType,
  O extends z.ZodType,
> = {
  kind: Kind;
  lane: Lane;
  /** Stable name, `slice.verbNoun`; used in the audit, in idempotency keys and as the tRPC path. */
  name: string;
  permission: Permission;
  /** One sentence for the API description. */
  summary: string;
  input: I;
  output: O;
};

type LaneTx<Lane extends 'hot' | 'records'> = Lane extends 'records' ? RecordsTx : Tx;

export type Query<
  I extends z.ZodType,
  O extends z.ZodType,
  Lane extends 'hot' | 'records' = 'hot' | 'records',
> = Shape<'query', Lane, I, O> & {
  /**
   * What many ask for at the same moment, in full; null for what is read alone. Those who ask for the same share a snapshot, its moment and
   * what they have in common.
   */
  sharedBy?: (input: z.output<I>, actor: Actor) => string | null;
  run(context: Context<LaneTx<Lane>> & { common: Common }, input: z.output<I>): Promise<z.input<O>>;
};
export type Command<
  I extends z.ZodType,
  O extends z.ZodType,
  Lane extends 'hot' | 'records' = 'hot' | 'records',
  Prepared = unknown,
> = Shape<'command', Lane, I, O> & {
  /** The answer holds a secret: it is not kept for a repeated request, which is refused instead. */
  shownOnce?: true;
  /** Doing it again changes nothing more, and the answer holds personal data: a repeated request runs again, nothing is kept. */
  repeatable?: true;
  /** Long work before the transaction, in transactions of its own: it changes nothing that counts, and may be done again. */
  prepare?: (context: { store: Store; actor: Actor; now: Date }, input: z.output<I>) => Promise<Prepared>;
  /** Begins what follows once the change is durable, beside the answer; whatever it can't begin has to be found by a sweep. */
  afterCommit?: (answer: z.output<O>, actor: Actor) => void;
  run(
    context: Context<LaneTx<Lane>> & { prepared: Prepared },
    input: z.output<I>,
  ): Promise<Change<z.input<O>>>;
  /**
   * What `run` does, for those who ask at the same moment, in one transaction: for each, in this order, the change or the refusal. A refusal
   * leaves nothing written. For repeatable changes of the hot lane that crowds make.
   */
  together?: (
    context: { tx: Tx; now: Date },
    asked: readonly { actor: Actor; input: z.output<I> }[],
  ) => Promise<(Change<z.input<O>> | DomainError)[]>;
};

/** Declares a read. */
export function query<I extends z.ZodType, O extends z.ZodType, Lane extends 'hot' | 'records'>(
  shape: Omit<Query<I, O, Lane>, 'kind'>,
): Query<I, O, Lane> {
  return { ...shape, kind: 'query' };
}

/** Declares a change; it can't be written without saying what goes into the audit. */
export function command<
  I extends z.ZodType,
  O extends z.ZodType,
  Lane extends 'hot' | 'records',
  Prepared = undefined,
>(shape: Omit<Command<I, O, Lane, Prepared>, 'kind'>): Command<I, O, Lane> {
  // Safe: what `prepare` gives is handed to the same shape's `run` alone.
  return { ...shape, kind: 'command' } as unknown as Command<I, O, Lane>;
}

export type Caller = { actor: Actor; requestId: string; idempotencyKey?: string | undefined };
export type OperationDeps = { store: Store; clock: Clock };

/**
 * Runs an operation for a caller: authorise → parse → one transaction with the change, its audit row and its events.
 * @throws DomainError `forbidden`, `invalid` (naming each field), and whatever the operation refuses with
 */
export async function execute<I extends z.ZodType, O extends z.ZodType, Lane extends 'hot' | 'records'>(
  deps: OperationDeps,
  caller: Caller,
  operation: Query<I, O, Lane> | Command<I, O, Lane>,
  rawInput: unknown,
): Promise<z.output<O>> {
  if (!actorMay(caller.actor, operation.permission)) {
    throw new DomainError(
      'forbidden',
      `This needs the permission "${operation.permission}". Ask an administrator of the workspace.`,
    );
  }
  const input = parseInput(operation.input, rawInput);
  if (operation.kind === 'query') return answerOf(deps, caller, operation, input);
  if (operation.together && operation.repeatable)
    return operation.output.parse(await changeTogether(deps, caller, operation, input));
  const now = deps.clock.now();
  let tidyUp: TidyUp | undefined;
  const prepared = await operation.prepare?.({ store: deps.store, actor: caller.actor, now }, input);
  const run = async (tx: LaneTx<Lane>): Promise<z.input<O>> => {
    const afterwards = (work: TidyUp) => (tidyUp = work);
    const change = async () => {
      const made = await operation.run({ tx, actor: caller.actor, now, prepared, afterwards }, input);
      leaveBehind(tx, { ...caller, now }, made);
      return made.output;
    };
    if (caller.idempotencyKey === undefined || operation.repeatable) return change();
    const request = { operation: operation.name, key: caller.idempotencyKey, body: input, now };
    return operation.shownOnce
      ? withoutKeeping(tx, request, change)
      : (await onceForKey(tx, request, change)).answer;
  };
  // Safe: the lane of the operation decides which transaction it is given.
  const answer =
    operation.lane === 'records'
      ? await deps.store.withRecords(caller.actor.workspaceId, run as (tx: RecordsTx) => Promise<z.input<O>>)
      : await deps.store.inWorkspace(caller.actor.workspaceId, run as (tx: Tx) => Promise<z.input<O>>);
  const output = operation.output.parse(answer);
  operation.afterCommit?.(output, caller.actor);
  tidyBehind(deps, caller, tidyUp);
  return output;
}

/** Who did what, and what others should know: written by the commit. */
function leaveBehind(tx: Tx, who: Caller & { now: Date }, { audit, events = [] }: Change<unknown>): void {
  const told = eventValues(who.now, events);
  if (audit && events.length > 0) tx.byCommit(insertAuditAndEvents, ...auditValues(who, audit), ...told);
  else if (audit) tx.byCommit(insertAudit, ...auditValues(who, audit));
  else if (events.length > 0) tx.byCommit(insertEvents, ...told);
}

type TidyUp = (tx: Tx) => Promise<'more' | void>;

/** Whoever needs it next tidies up if this fails. */
function tidyBehind(deps: OperationDeps, caller: Caller, tidyUp: TidyUp | undefined): void {
  if (tidyUp) void tidy(deps.store, caller.actor.workspaceId, tidyUp).catch(() => undefined);
}

/** It rests as long as it works: others wait for answers. */
async function tidy(store: Store, workspaceId: string, tidyUp: TidyUp): Promise<void> {
  for (;;) {
    const start = performance.now();
    if ((await store.inWorkspace(workspaceId, tidyUp)) !== 'more') return;
    await sleep(performance.now() - start);
  }
}

async function answerOf<I extends z.ZodType, O extends z.ZodType, Lane extends 'hot' | 'records'>(
  deps: OperationDeps,
  caller: Caller,
  operation: Query<I, O, Lane>,
  input: z.output<I>,
): Promise<z.output<O>> {
  const { workspaceId } = caller.actor;
  let tidyUp: TidyUp | undefined;
  const run = (tx: LaneTx<Lane>, common: Common): Promise<z.input<O>> => {
    const now = common.once('now', () => deps.clock.now());
    const afterwards = (work: TidyUp) => (tidyUp = work);
    return operation.run({ tx, actor: caller.actor, now, common, afterwards }, input);
  };
  // Safe, thrice: the lane of the operation decides which transaction it is given.
  const inRecords = (tx: RecordsTx) => run(tx as LaneTx<Lane>, commonOf(false));
  const inHotLane = (tx: Tx, common: Common) => run(tx as LaneTx<Lane>, common);
  const shared = operation.lane === 'hot' ? operation.sharedBy?.(input, caller.actor) : null;
  const answer =
    operation.lane === 'records'
      ? await deps.store.withRecords(workspaceId, inRecords)
      : typeof shared === 'string'
        ? await deps.store.readingTogether(workspaceId, `${operation.name} ${shared}`, inHotLane)
        : await deps.store.reading(workspaceId, (tx) => inHotLane(tx, commonOf(false)));
  tidyBehind(deps, caller, tidyUp);
  return typeof shared === 'string' ? parsedOnce(operation.output, answer) : operation.output.parse(answer);
}

/** What several share was parsed for the first of them. */
const parsed = new WeakMap<object, unknown>();

function parsedOnce<O extends z.ZodType>(shape: O, answer: z.input<O>): z.output<O> {
  if (typeof answer !== 'object' || answer === null) return shape.parse(answer);
  // Safe: a shared answer is made for one operation, whose shape made this of it.
  if (!parsed.has(answer)) parsed.set(answer, shape.parse(answer));
  return parsed.get(answer) as z.output<O>;
}

async function withoutKeeping<Answer>(
  tx: Tx,
  request: Parameters<typeof onceForKey>[1],
  change: () => Promise<Answer>,
): Promise<Answer> {
  const shown: Answer[] = [];
  await onceForKey(tx, request, async () => {
    shown.push(await change());
    return null;
  });
  const [answer] = shown;
  if (answer !== undefined) return answer;
  throw new DomainError(
    'conflict',
    'This was done already. Its answer holds a secret, which is shown once; look for what it made, or make another with a new key.',
  );
}

/**
 * Parses untrusted input; the error names each field, the problem and the remedy. What Postgres keeps in no text (NUL, half a
 * surrogate pair) is taken out first, so that no field of any contract has to think of it.
 */
export function parseInput<I extends z.ZodType>(schema: I, raw: unknown): z.output<I> {
  const parsed = schema.safeParse(storable(raw));
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.map((issue) => ({
    field: issue.path.join('.') || '(body)',
    problem: problemOf(issue),
    remedy: remedyFor(issue),
  }));
  // What is missing is also too short and of the wrong form: the first says it.
  const issues = found
    .filter((issue, at) => found.findIndex((other) => other.field === issue.field) === at)
    .slice(0, 20);
  const first = issues[0];
  throw new DomainError('invalid', first ? `${first.field}: ${first.problem}` : 'The input is not valid.', {
    issues,
  });
}
