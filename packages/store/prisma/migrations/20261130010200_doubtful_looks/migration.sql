-- What a source showed is doubted before it is believed: a first sight alone may have been of somebody else, a list that shows nothing of
-- what it showed before too. A document that can't be read is tried again later, without holding up the others.

-- Looks that were believed, and looks in a row since the last of them that showed nothing of what was known.
alter table source_watch add column successes integer not null default 0;
alter table source_watch add column strange integer not null default 0;
update source_watch set successes = 2 where baseline_at is not null;

alter table job_board add column strange integer not null default 0;

-- Not read again before.
alter table source_item add column retry_at timestamptz;
