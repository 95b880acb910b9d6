-- A look that failed is a look, too; until now only those that succeeded were counted. When the last one was is kept besides.
alter table job_board add column successes integer not null default 0;
alter table job_board add column looked_at timestamptz;

alter table job_board no force row level security;
update job_board set successes = looks, looked_at = last_success_at;
alter table job_board force row level security;
