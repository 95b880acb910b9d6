-- How fast a credential may be asked, and whether it answers at all: one truth for all replicas.

-- Limits of the plan behind this key; null for those that the vendor publishes.
alter table provider_credential add column limits jsonb;

-- Reserved for a call that has not been given its slot yet: nothing can have left, whatever became of whoever reserved it.
alter table spend_ledger add column held boolean not null default false;

create table rate_lane (
  workspace_id uuid not null references workspace,
  credential_id uuid not null,
  lane text not null,
  -- When the next evenly spaced slot is.
  next_at timestamptz not null,
  primary key (workspace_id, credential_id, lane),
  foreign key (workspace_id, credential_id) references provider_credential (workspace_id, id) on delete cascade
);
select protect('rate_lane');

create table provider_block (
  workspace_id uuid not null references workspace,
  credential_id uuid not null,
  -- `*` for the whole credential.
  capability text not null,
  blocked_until timestamptz not null,
  reason text not null check (reason in ('rate_limited', 'quota_exhausted', 'unauthorized', 'failing', 'probing')),
  -- Faults in a row.
  faults integer not null default 0 check (faults >= 0),
  updated_at timestamptz not null,
  primary key (workspace_id, credential_id, capability),
  foreign key (workspace_id, credential_id) references provider_credential (workspace_id, id) on delete cascade
);
select protect('provider_block');
