-- What happened at an account, with its evidence; what follows for its score and for the queue.

create table source_watch (
  workspace_id uuid not null references workspace,
  id uuid not null,
  source text not null,
  shard integer not null default 0,
  cursor text,
  due_at timestamptz not null,
  active boolean not null default true,
  -- null until the first sight: what was there then is the baseline, not news.
  baseline_at timestamptz,
  health text not null default 'new' check (health in ('new', 'healthy', 'failing')),
  last_success_at timestamptz,
  last_fault text not null default '',
  last_fault_at timestamptz,
  failures integer not null default 0,
  primary key (workspace_id, id),
  unique (workspace_id, source)
);
select protect('source_watch');

-- Each document that a source listed and what became of it: nothing is looked at twice, nothing is forgotten.
create table source_item (
  workspace_id uuid not null references workspace,
  source text not null,
  key text not null,
  title text not null,
  public_url text not null,
  document_path text not null,
  published_at timestamptz not null,
  state text not null check (state in ('baseline', 'listed', 'signal', 'no_signal', 'failed')),
  reason text not null default '',
  attempts integer not null default 0,
  content_hash text not null default '',
  raw_gzip bytea,
  raw_expires_at timestamptz,
  listed_at timestamptz not null,
  settled_at timestamptz,
  primary key (workspace_id, source, key)
);
create index on source_item (workspace_id, source, state);
select protect('source_item');

create table signal (
  workspace_id uuid not null references workspace,
  id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('funding', 'hiring', 'intent', 'visit', 'inbound_request')),
  strength double precision not null check (strength > 0 and strength <= 1),
  half_life_days double precision not null check (half_life_days > 0),
  summary text not null,
  facts jsonb not null default '{}',
  source text not null,
  event_key text not null,
  is_test boolean not null default false,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (workspace_id, id)
) partition by range (id);
create table signal_default partition of signal default;
create index on signal (workspace_id, account_id, id desc);
create index on signal (workspace_id, id desc);
select protect('signal');

-- The same event is told once, also across months.
create table signal_event_key (
  workspace_id uuid not null references workspace,
  event_key text not null,
  signal_id uuid not null,
  account_id uuid not null,
  primary key (workspace_id, event_key)
);
select protect('signal_event_key');

create table evidence (
  workspace_id uuid not null references workspace,
  id uuid not null,
  signal_id uuid not null,
  url text not null,
  quote text not null,
  quote_start integer not null,
  content_hash text not null,
  fetched_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, signal_id) references signal (workspace_id, id)
);
create index on evidence (workspace_id, signal_id);
select protect('evidence');

-- Signed webhooks by which others report signals.
create table webhook_endpoint (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  secret_sealed text not null,
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
select protect('webhook_endpoint');

-- Forward-decayed masses per kind, parallel arrays in the order of `mass_kinds`; each mass counts as of its own time.
-- `signal_bound` is the signal score when last written: between signals a score only falls, so it is an upper bound.
create table account_score (
  workspace_id uuid not null references workspace,
  account_id uuid not null,
  intent_version_id uuid not null,
  icp_version_id uuid not null,
  mass_kinds text[] not null,
  mass_values double precision[] not null,
  mass_half_lives double precision[] not null,
  mass_at timestamptz[] not null,
  fit double precision not null,
  fit_parts jsonb not null,
  signal_bound double precision not null,
  scored_at timestamptz not null,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index account_score_by_bound on account_score (workspace_id, signal_bound desc, account_id);
select protect('account_score');

create table queue_item (
  workspace_id uuid not null references workspace,
  id uuid not null,
  account_id uuid not null,
  lead_id uuid,
  owner_id text,
  -- 0: an inbound request that waits for a person; 1: everything else. The lower band is worked first.
  band smallint not null check (band in (0, 1)),
  state text not null check (state in ('open', 'snoozed', 'done')),
  reason text not null,
  priority_bound double precision not null,
  claimed_by text,
  claim_expires_at timestamptz,
  snoozed_until timestamptz,
  outcome text not null default '',
  is_test boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, claimed_by) references member (workspace_id, id)
);
create unique index one_open_item_per_account on queue_item (workspace_id, account_id) where state in ('open', 'snoozed');
create index queue_item_by_priority on queue_item (workspace_id, band, priority_bound desc, id) where state = 'open';
create index on queue_item (workspace_id, owner_id) where state = 'open';
create index on queue_item (claim_expires_at) where claimed_by is not null;
create index on queue_item (snoozed_until) where state = 'snoozed';
select protect('queue_item');
