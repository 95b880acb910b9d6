-- The newest signals of a rare kind are found without reading those of all others.
create index signal_by_kind on signal (workspace_id, kind, id desc);
-- What is looked at by the product itself is counted for each source; what programs and feeds send in great numbers is not.
create index signal_of_looks on signal (workspace_id, source)
  where source in ('dns', 'champions', 'visits') or starts_with(source, 'board/');
