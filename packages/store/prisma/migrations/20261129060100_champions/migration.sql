-- People who speak for us at their companies, and what is told of their leaving.

-- Watching is off until somebody has written down why it is in our legitimate interest.
create table champion_policy (
  workspace_id uuid not null references workspace,
  note text not null check (length(note) >= 20),
  retention_months integer not null check (retention_months between 1 and 24),
  active boolean not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  -- When deals and talks are looked through for champions again.
  due_at timestamptz not null,
  primary key (workspace_id)
);
select protect('champion_policy');
select open_due_door('champion_policy', 'workspace_id, active, due_at');

create table champion (
  workspace_id uuid not null references workspace,
  person_id uuid not null,
  -- Where they spoke for us.
  account_id uuid not null,
  tier text not null check (tier in ('key', 'standard', 'light')),
  origin text not null check (origin in ('hand', 'won_deal', 'engagement')),
  -- `ended` by hand and `objected` by the person keep the rules from marking them again.
  state text not null check (state in ('watched', 'departed', 'ended', 'objected')),
  marked_by text not null,
  marked_at timestamptz not null,
  -- When it is forgotten; never for an objection.
  expires_at timestamptz,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on champion (workspace_id, account_id);
create index on champion (expires_at);
select protect('champion');
select open_due_door('champion', 'workspace_id, person_id, expires_at');

create table departure (
  workspace_id uuid not null references workspace,
  id uuid not null,
  person_id uuid not null,
  account_id uuid not null,
  state text not null check (state in ('open', 'confirmed', 'dismissed')),
  -- The risk at the old company, and the opportunity at the new one.
  signal_id uuid,
  new_account_id uuid,
  new_signal_id uuid,
  decided_by text,
  decided_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, person_id, account_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on departure (workspace_id, created_at desc) where state = 'open';
create index on departure (workspace_id, signal_id) where signal_id is not null;
create index on departure (workspace_id, new_signal_id) where new_signal_id is not null;
create index on departure (expires_at);
select protect('departure');
select open_due_door('departure', 'workspace_id, id, expires_at');

-- Who says so. Several reports of one origin are one word.
create table departure_report (
  workspace_id uuid not null references workspace,
  id uuid not null,
  departure_id uuid not null,
  person_id uuid not null,
  origin text not null,
  witness text not null check (witness in ('bounce', 'auto_reply', 'filing', 'vendor', 'reply', 'member')),
  -- Comes from the employer's own domain, or is on record: enough alone.
  enough_alone boolean not null,
  quote text not null default '',
  url text not null default '',
  content_hash text not null default '',
  new_company text not null default '',
  new_domain text,
  new_title text not null default '',
  new_email text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, departure_id, origin),
  foreign key (workspace_id, departure_id) references departure (workspace_id, id) on delete cascade
);
select protect('departure_report');

-- No longer at the account whose person they are.
alter table person add column left_at timestamptz;

-- An address that is dead because its owner has left is neither looked up nor written to.
alter table suppression drop constraint suppression_reason_check;
alter table suppression add constraint suppression_reason_check check (reason in ('erased', 'objected', 'unsubscribed', 'complained', 'hard_bounce', 'left_company'));
