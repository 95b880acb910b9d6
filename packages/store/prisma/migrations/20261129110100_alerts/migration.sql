-- What is amiss with money and providers: opened when its cause is there, closed when the cause is gone, acknowledged by a person.
create table alert (
  workspace_id uuid not null references workspace,
  id uuid not null,
  kind text not null check (kind in ('budget_nearly_spent', 'balance_low', 'provider_failing', 'provider_errors', 'hit_rate_fallen', 'key_refused', 'paid_calls_stopped', 'unknown_waiting')),
  -- What it is about, within its kind: one is open at a time.
  subject text not null,
  -- Ids and names of vendors.
  about jsonb not null,
  -- Numbers that say how bad it is.
  figures jsonb not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz,
  primary key (workspace_id, id)
);
create unique index on alert (workspace_id, kind, subject) where closed_at is null;
select protect('alert');
