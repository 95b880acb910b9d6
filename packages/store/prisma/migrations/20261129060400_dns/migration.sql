-- What the DNS records of accounts were at the last looks.

create table dns_state (
  workspace_id uuid not null references workspace,
  account_id uuid not null,
  domain text not null,
  -- Lines that count as there, and those of the look before: one look without a line is not its end.
  standing text[] not null default '{}',
  last_look text[] not null default '{}',
  baseline_at timestamptz,
  looked_at timestamptz,
  due_at timestamptz not null,
  interval_seconds integer not null check (interval_seconds > 0),
  failures integer not null default 0,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on dns_state (workspace_id, due_at);
select protect('dns_state');
