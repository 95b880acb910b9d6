-- What was said in talks about deals: competitors, moods, promises and questions.

create table conversation (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- The sender's own id of the talk: told once.
  external_id text not null,
  account_id uuid not null,
  deal_id uuid,
  person_id uuid,
  title text not null,
  url text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, external_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id)
);
create index on conversation (workspace_id, deal_id, occurred_at desc) where deal_id is not null;
select protect('conversation');

create table conversation_point (
  workspace_id uuid not null references workspace,
  id uuid not null,
  conversation_id uuid not null,
  kind text not null check (kind in ('competitor', 'sentiment', 'commitment', 'question')),
  -- Who said it: one of ours, or one of theirs.
  side text not null check (side in ('us', 'them')),
  person_id uuid,
  quote text not null,
  -- The competitor, or how they felt, from -1 to 1.
  tool text not null default '',
  mood double precision,
  due_at timestamptz,
  signal_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation (workspace_id, id) on delete cascade
);
create index on conversation_point (workspace_id, conversation_id);
select protect('conversation_point');
