-- What providers said, what it cost, and which value is shown.

create table provider_credential (
  workspace_id uuid not null references workspace,
  id uuid not null,
  provider text not null,
  label text not null,
  -- AES-256-GCM under the key outside the database; the last four characters help people to tell keys apart.
  secret_sealed text not null,
  last_four text not null,
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, provider, label)
);
select protect('provider_credential');

create table budget (
  workspace_id uuid not null references workspace,
  id uuid not null,
  scope text not null check (scope in ('month', 'record')),
  -- `2026-11` for a month, the person's id for a record.
  period text not null,
  limit_micros bigint not null check (limit_micros >= 0),
  reserved_micros bigint not null default 0 check (reserved_micros >= 0),
  charged_micros bigint not null default 0 check (charged_micros >= 0),
  primary key (workspace_id, id),
  unique (workspace_id, scope, period)
);
select protect('budget');

create table enrichment_run (
  workspace_id uuid not null references workspace,
  id uuid not null,
  person_id uuid not null,
  lead_id uuid,
  waterfall_version_id uuid not null,
  state text not null check (state in ('running', 'finished', 'stopped')),
  stop_reason text not null default '',
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id),
  foreign key (workspace_id, waterfall_version_id) references document_version (workspace_id, id)
);
create index on enrichment_run (workspace_id, person_id, started_at desc);
select protect('enrichment_run');

-- Written before the call. A paid call is this row; the vendor's invoice must equal the sum of `charged_micros`.
create table spend_ledger (
  workspace_id uuid not null references workspace,
  id uuid not null,
  call_key text not null,
  run_id uuid not null,
  person_id uuid not null,
  credential_id uuid not null,
  provider text not null,
  capability text not null,
  state text not null check (state in ('reserved', 'charged', 'released', 'unknown', 'reconciled')),
  reserved_micros bigint not null check (reserved_micros >= 0),
  charged_micros bigint not null default 0 check (charged_micros >= 0),
  vendor_credits double precision,
  outcome text not null default '',
  -- The provider answered, be it with a miss: asking again with the same facts is useless.
  answered boolean not null default false,
  budget_ids uuid[] not null,
  latency_ms integer,
  reserved_at timestamptz not null,
  settled_at timestamptz,
  primary key (workspace_id, id)
) partition by range (id);
create table spend_ledger_default partition of spend_ledger default;
create index on spend_ledger (workspace_id, run_id);
create index on spend_ledger (workspace_id, person_id);
create index on spend_ledger (workspace_id, state, reserved_at) where state in ('reserved', 'unknown');
select protect('spend_ledger');
revoke delete on spend_ledger from penstock_app;

-- Holds uniqueness of paid calls across months: what must not be paid for twice. A finder is locked per person, whatever facts it is
-- asked with, because it charges again for the same person; a verifier per address.
create table spend_call_key (
  workspace_id uuid not null references workspace,
  call_key text not null,
  ledger_id uuid not null,
  primary key (workspace_id, call_key)
);
create index on spend_call_key (workspace_id, ledger_id);
select protect('spend_call_key');

-- What the planner decided, step by step: asked, skipped (why), stopped (why).
create table waterfall_step (
  workspace_id uuid not null references workspace,
  id uuid not null,
  run_id uuid not null,
  seq integer not null,
  provider text not null,
  capability text not null,
  wanted text[] not null,
  decision text not null check (decision in ('asked', 'skipped', 'stopped')),
  reason text not null,
  outcome text not null default '',
  ledger_id uuid,
  occurred_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, run_id, seq),
  foreign key (workspace_id, run_id) references enrichment_run (workspace_id, id)
);
select protect('waterfall_step');

create table observation (
  workspace_id uuid not null references workspace,
  id uuid not null,
  person_id uuid,
  account_id uuid,
  field text not null,
  value text not null,
  provider text not null,
  ledger_id uuid,
  confidence double precision,
  verification text,
  line_type text,
  lawful_basis text not null,
  cost_micros bigint not null default 0,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  expires_at timestamptz,
  primary key (workspace_id, id),
  check (num_nonnulls(person_id, account_id) = 1)
) partition by range (id);
create table observation_default partition of observation default;
create index on observation (workspace_id, person_id, field);
create index on observation (workspace_id, account_id, field);
select protect('observation');

-- The value that is shown for a field, chosen from the observations by the survivorship rule.
create table visible_value (
  workspace_id uuid not null references workspace,
  subject_id uuid not null,
  field text not null,
  subject_kind text not null check (subject_kind in ('person', 'account')),
  value text not null,
  observation_id uuid not null,
  provider text not null,
  confidence double precision,
  verification text,
  line_type text,
  usable boolean not null,
  chosen_because text not null,
  observed_at timestamptz not null,
  expires_at timestamptz,
  updated_at timestamptz not null,
  primary key (workspace_id, subject_id, field)
);
select protect('visible_value');
