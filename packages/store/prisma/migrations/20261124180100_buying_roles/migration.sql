-- The part a person has in buying, where somebody has corrected what their title says.
alter table person add column buying_role text
  check (buying_role in ('end_user', 'department_manager', 'executive', 'it', 'finance', 'procurement', 'none'));
-- Open tasks and booked calls, soonest first.
create index activity_due on activity (workspace_id, member_id, due_at) where due_at is not null and done_at is null;
create index deal_next_step_due on deal (workspace_id, owner_id, next_step_due_at) where next_step_due_at is not null and stage_type = 'open';
