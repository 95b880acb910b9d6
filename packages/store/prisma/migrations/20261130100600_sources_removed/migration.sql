-- A source of the workspace's own that was removed: what it told keeps its name, and nobody looks at it again.
alter table source_watch add column removed_at timestamptz;
