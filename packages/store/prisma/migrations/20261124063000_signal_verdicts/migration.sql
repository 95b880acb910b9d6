-- What reps think of signals: it makes the precision of each source and kind.

create table signal_verdict (
  workspace_id uuid not null references workspace,
  signal_id uuid not null,
  member_id text not null,
  verdict text not null check (verdict in ('useful', 'known', 'wrong_company', 'junk')),
  decided_at timestamptz not null,
  primary key (workspace_id, signal_id, member_id),
  foreign key (workspace_id, signal_id) references signal (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
select protect('signal_verdict');
