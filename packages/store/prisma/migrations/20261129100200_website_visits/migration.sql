-- Visits to the workspace's own web site, by its own script, with consent.

create table visit_settings (
  workspace_id uuid not null references workspace,
  -- In the script's address: says for which workspace, and gives nothing.
  public_key text not null,
  active boolean not null,
  allowed_origins text[] not null,
  -- Paths that show an interest in buying, and those that show none; `*` stands for anything.
  pricing_paths text[] not null,
  ignored_paths text[] not null,
  -- Whether companies that are no account yet are proposed.
  proposes boolean not null,
  ip_token_sealed text,
  daily_lookups integer not null check (daily_lookups between 0 and 1000000),
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (workspace_id)
);
create unique index visit_settings_public_key_key on visit_settings (public_key);
select protect('visit_settings');
select open_due_door('visit_settings', 'workspace_id, public_key, active, allowed_origins');

create table site_visit (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- Keyed hash of the browser's own random number.
  visitor text not null,
  origin text not null,
  path text not null,
  referrer text not null default '',
  -- Keyed hash of the address under the day's key: the same address is another one tomorrow.
  network text not null,
  -- The address itself, encrypted, until it is looked up.
  address_sealed text,
  due_at timestamptz,
  attempts integer not null default 0,
  state text not null check (state in ('waiting', 'matched', 'unmatched', 'excluded', 'unknown')),
  -- How it was found out, or why not.
  how text not null default '',
  account_id uuid,
  is_test boolean not null default false,
  occurred_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  check ((due_at is not null) = (state = 'waiting')),
  check (address_sealed is null or state = 'waiting')
);
create index on site_visit (due_at) where due_at is not null;
create index on site_visit (workspace_id, network) where due_at is not null;
create index on site_visit (workspace_id, account_id, id desc) where account_id is not null;
create index on site_visit (workspace_id, visitor);
select protect('site_visit');
select open_due_door('site_visit', 'workspace_id, id, network, due_at');

-- What an address of the day turned out to be, so that it is asked about once.
create table visit_network (
  workspace_id uuid not null references workspace,
  network text not null,
  state text not null check (state in ('matched', 'unmatched', 'excluded', 'unknown')),
  how text not null,
  account_id uuid,
  -- Whether the IP-data vendor was asked.
  asked boolean not null,
  looked_up_at timestamptz not null,
  primary key (workspace_id, network),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on visit_network (workspace_id, looked_up_at);
select protect('visit_network');
