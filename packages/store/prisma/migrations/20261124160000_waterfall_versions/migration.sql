-- Which runs used which version of the waterfall is asked whenever its versions are shown.
create index on list_run (workspace_id, waterfall_version_id);
create index on enrichment_run (workspace_id, waterfall_version_id);
