-- Calls of unknown charge are settled by themselves where the vendor lets it be known: by a look-up that is free if it was paid for
-- before, or by what went from the key's balance.

-- What is known about a call that waits, and who settled it: `person`, `look_up`, `balance`; empty for answers as usual.
alter table spend_ledger add column note text not null default '', add column settled_by text not null default '';
alter table spend_ledger add column looked_at timestamptz;
create index on spend_ledger (workspace_id, id) where settled_by <> '';

-- What a vendor said was left on a key while no call was under way with it: between two of these lie whole calls.
create table key_balance (
  workspace_id uuid not null references workspace,
  id uuid not null,
  credential_id uuid not null,
  credits double precision not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, credential_id) references provider_credential (workspace_id, id)
);
create index on key_balance (workspace_id, credential_id, at);
select protect('key_balance');
