-- How long a run has stood still: its pace and the time it still needs are told by the time it worked.
alter table list_run add column paused_at timestamptz, add column paused_ms bigint not null default 0;
