-- A departure that was believed and was not so: who took it back, and when. What it told stays, as taken back.
alter table departure add column undone_by text, add column undone_at timestamptz;
