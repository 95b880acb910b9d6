-- One event told by several sources is one signal.

-- What each source reported, for kinds of news that several sources tell of one event. Each report has a signal of its own from the
-- start; `signal_id` is the one that stands for the event.
create table signal_report (
  workspace_id uuid not null references workspace,
  event_key text not null,
  own_id uuid not null,
  signal_id uuid not null,
  account_id uuid not null,
  kind text not null,
  -- What the event is about: reports about different things are different events, whenever they come.
  about text not null,
  -- Whose word it is: several reports of one origin are one witness.
  origin text not null,
  -- Two reports of this origin are two events (filings), not one told twice (the press).
  tells_events_apart boolean not null,
  strength double precision not null check (strength > 0 and strength <= 1),
  summary text not null,
  facts jsonb not null,
  source text not null,
  is_test boolean not null,
  occurred_at timestamptz not null,
  primary key (workspace_id, event_key)
);
create index on signal_report (workspace_id, account_id, kind, about);
create index on signal_report (workspace_id, signal_id);
create unique index on signal_report (workspace_id, own_id);
select protect('signal_report');

-- The signal that stands for the event which this one reports too. Such a signal is out of every list and score.
alter table signal add column merged_into_id uuid;
