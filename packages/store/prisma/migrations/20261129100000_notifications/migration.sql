-- What people are told of: once per member and cause, by the ways that each has chosen.

-- A hand-over to one member by mail or Slack, of everything that waits for it.
create table notification_message (
  workspace_id uuid not null references workspace,
  id uuid not null,
  member_id text not null,
  channel text not null check (channel in ('mail', 'slack')),
  -- `sending` is committed before the hand-over; what is found in it long after is `unknown` and never sent again by itself.
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unknown', 'dropped')),
  due_at timestamptz,
  attempts integer not null default 0,
  last_code text not null default '',
  created_at timestamptz not null,
  sending_at timestamptz,
  settled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  check (due_at is null or state = 'waiting')
);
create unique index notification_message_waiting on notification_message (workspace_id, member_id, channel) where state = 'waiting';
create index on notification_message (workspace_id, member_id, created_at desc);
create index on notification_message (due_at) where due_at is not null;
create index on notification_message (sending_at) where state = 'sending';
select protect('notification_message');
select open_due_door('notification_message', 'workspace_id, id, state, due_at, sending_at');

create table notification (
  workspace_id uuid not null references workspace,
  id uuid not null,
  member_id text not null,
  kind text not null check (kind in ('signal', 'departure', 'service_level', 'alert')),
  -- Whatever is told by several ways has one: `signal/<id>`, `item/<id>`, `alert/<id>`.
  cause text not null,
  subject_id uuid not null,
  -- Ids, names of kinds and numbers; what is shown is read from the subject, so that an erasure ends it.
  facts jsonb not null default '{}',
  strength double precision not null,
  in_console boolean not null,
  mail_id uuid,
  slack_id uuid,
  created_at timestamptz not null,
  read_at timestamptz,
  -- What was told is no longer so.
  over_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, member_id, cause),
  foreign key (workspace_id, member_id) references member (workspace_id, id),
  foreign key (workspace_id, mail_id) references notification_message (workspace_id, id),
  foreign key (workspace_id, slack_id) references notification_message (workspace_id, id)
);
create index notification_of_member on notification (workspace_id, member_id, id desc) where in_console;
create index notification_unread on notification (workspace_id, member_id) where in_console and read_at is null;
create index on notification (workspace_id, cause);
create index on notification (workspace_id, mail_id) where mail_id is not null;
create index on notification (workspace_id, slack_id) where slack_id is not null;
select protect('notification');

create table notification_preference (
  workspace_id uuid not null references workspace,
  member_id text not null,
  body jsonb not null,
  updated_at timestamptz not null,
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
select protect('notification_preference');

-- Up to which event, and up to when of service levels, members have been told.
create table notification_cursor (
  workspace_id uuid not null references workspace,
  position bigint not null,
  levels_at timestamptz,
  primary key (workspace_id)
);
select protect('notification_cursor');
select open_due_door('notification_cursor', 'workspace_id, position, levels_at');
insert into notification_cursor (workspace_id, position)
  select w.workspace_id, coalesce((select max(e.position) from outbox_event e where e.position is not null), 0) from workspace w;

-- The workspace's app in Slack.
create table slack_connection (
  workspace_id uuid not null references workspace,
  secret_sealed text not null,
  last_four text not null,
  team text not null,
  -- What Slack says of the token since, or nothing.
  fault text not null default '',
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (workspace_id)
);
select protect('slack_connection');
