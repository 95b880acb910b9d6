-- An item has two places for its bound: the one that counts, and one beside it, which a new version fills while nobody reads it. A switch then
-- changes which of them counts. What closes an item leaves its bound where it is.

alter table queue_item rename column priority_bound to bound_0;
alter table queue_item alter column bound_0 drop not null;
alter table queue_item add column bound_1 double precision;

drop index queue_item_by_priority;
create index queue_item_by_bound_0 on queue_item (workspace_id, is_test, band, bound_0 desc, id) where state = 'open' and bound_0 is not null;
create index queue_item_by_bound_1 on queue_item (workspace_id, is_test, band, bound_1 desc, id) where state = 'open' and bound_1 is not null;

alter table score_base add column bound_slot smallint not null default 0 check (bound_slot in (0, 1));
