-- The queue item of a lead is looked up whenever the lead is shown or becomes a deal.
create index on queue_item (workspace_id, lead_id) where lead_id is not null;
