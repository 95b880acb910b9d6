-- Requests whose answers come later: handed in with a vendor, asked about again or called back.

-- Taken by the vendor, which answers later: whoever made the call is not gone.
alter table spend_ledger add column parked boolean not null default false;
grant select (parked) on spend_ledger to penstock_due;

create table provider_ticket (
  workspace_id uuid not null references workspace,
  id uuid not null,
  credential_id uuid not null,
  provider text not null,
  capability text not null,
  -- The vendor's own; null until it has taken the request.
  ticket text,
  -- `asked`: on its way to the vendor. `waiting`: taken. `given_up`: nobody asks any more, an answer still counts.
  state text not null check (state in ('asked', 'waiting', 'done', 'given_up')),
  -- When the vendor is asked about it; null where nobody has to.
  due_at timestamptz,
  polls integer not null default 0 check (polls >= 0),
  give_up_at timestamptz not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
-- A callback names the ticket alone.
create index on provider_ticket (id);
create index on provider_ticket (due_at) where due_at is not null;
select protect('provider_ticket');
select open_due_door('provider_ticket', 'workspace_id, id, due_at');

-- What a ticket was handed in for; `known` is what was told of the person, kept until the answer is there.
create table provider_ticket_record (
  workspace_id uuid not null references workspace,
  ledger_id uuid not null,
  ticket_id uuid not null,
  person_id uuid not null,
  known jsonb not null,
  answered_at timestamptz,
  primary key (workspace_id, ledger_id),
  foreign key (workspace_id, ticket_id) references provider_ticket (workspace_id, id)
);
create index on provider_ticket_record (workspace_id, ticket_id);
create index on provider_ticket_record (workspace_id, person_id);
select protect('provider_ticket_record');
