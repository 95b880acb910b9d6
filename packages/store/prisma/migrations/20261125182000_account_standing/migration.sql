-- What the priority counts beside signals and fit: the open deal of the largest expected value, and the markers of a serious buyer.
create table account_standing (
  workspace_id uuid not null references workspace,
  account_id uuid not null,
  deal_value_minor bigint,
  deal_currency text,
  stage_probability double precision check (stage_probability between 0 and 1),
  -- A marker that lapses by itself holds the moment; null: it is not there.
  urgent_until timestamptz,
  committee_until timestamptz,
  responding_until timestamptz,
  budget_documented boolean not null default false,
  updated_at timestamptz not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
);
select protect('account_standing');
