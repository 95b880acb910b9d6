-- What was spent by hour, key and provider, summed once the hour is over: the ledger grows for ever, and pages tell all of it.
create table spend_hour (
  workspace_id uuid not null references workspace,
  hour timestamptz not null,
  credential_id uuid not null,
  provider text not null,
  calls int not null,
  charged_micros bigint not null,
  -- Calls whose charge may still change: the hour is summed again.
  open int not null,
  primary key (workspace_id, hour, credential_id, provider)
);
create index on spend_hour (workspace_id, hour) where open > 0;
select protect('spend_hour');

-- Up to when hours are summed; what is later is read from the ledger.
create table spend_summed (
  workspace_id uuid not null references workspace,
  until timestamptz not null,
  primary key (workspace_id)
);
select protect('spend_summed');
