import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import type { Permission, Role } from '@penstock/workspace/model/role';
import type { AnyProcedure, inferProcedureInput, inferProcedureOutput } from '@trpc/server';

type Routers = AppRouter['_def']['record'];
type Join<Left, Right> = Left extends string ? (Right extends string ? `${Left}.${Right}` : never) : never;
type Flat = {
  [R in keyof Routers]: { [P in keyof Routers[R] as Join<R, P>]: Routers[R][P] };
}[keyof Routers];
type Merged<Union> = (Union extends unknown ? (part: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Every procedure of the gateway by its full name, `queue.list`. */
type Procedures = Merged<Flat>;
type OfType<Type extends 'query' | 'mutation'> = {
  [Path in keyof Procedures]: Procedures[Path] extends { _def: { type: Type } } ? Path : never;
}[keyof Procedures] &
  string;
type InputOf<Procedure> = Procedure extends AnyProcedure ? inferProcedureInput<Procedure> : never;
type OutputOf<Procedure> = Procedure extends AnyProcedure ? inferProcedureOutput<Procedure> : never;

export type QueryPath = OfType<'query'>;
export type MutationPath = OfType<'mutation'>;
export type QueryInput<Path extends QueryPath> = InputOf<Procedures[Path]>;
export type QueryOutput<Path extends QueryPath> = OutputOf<Procedures[Path]>;
export type MutationInput<Path extends MutationPath> = InputOf<Procedures[Path]>;
export type MutationOutput<Path extends MutationPath> = OutputOf<Procedures[Path]>;

export type QueueFilter = NonNullable<QueryInput<'queue.list'>['filter']>;
export type QueueOrder = QueryOutput<'queue.definitions'>['items'][number]['order'];
export type QueueOutcome = MutationInput<'queue.complete'>['outcome'];
export type LeadFilter = NonNullable<QueryInput<'leads.list'>['filter']>;
export type ListRecordFilter = NonNullable<QueryInput<'enrichment.listRecords'>['filter']>;
export type SignalKind = NonNullable<QueryInput<'signals.list'>['kind']>;
export type DealOrder = NonNullable<QueryInput<'deals.list'>['order']>;
export type ActivityInput = MutationInput<'activities.record'>;
export type { Permission, Role };
