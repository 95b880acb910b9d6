-- How often a source was looked at, what it said of its state for the next look, and what of it could not be read.

alter table source_watch add column looks bigint not null default 0;
-- Looks that the source answered with "not changed".
alter table source_watch add column unchanged bigint not null default 0;
alter table source_watch add column etag text not null default '';
alter table source_watch add column last_modified text not null default '';
-- The beginning of the reply that could not be read; empty while all is well.
alter table source_watch add column sample text not null default '';
