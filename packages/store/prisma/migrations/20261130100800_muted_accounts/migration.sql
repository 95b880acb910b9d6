-- Accounts of whose news a member does not want to be told, until a moment or for good.
create table notification_mute (
  workspace_id uuid not null references workspace,
  member_id text not null,
  account_id uuid not null,
  until timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, member_id, account_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on notification_mute (workspace_id, account_id);
select protect('notification_mute');

-- A channel of a member's own in Slack, by the address of an incoming webhook, which is a secret.
create table slack_hook (
  workspace_id uuid not null references workspace,
  member_id text not null,
  secret_sealed text not null,
  last_four text not null,
  fault text not null default '',
  saved_at timestamptz not null,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
select protect('slack_hook');
