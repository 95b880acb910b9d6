-- The door for due work: ids, due times and workspaces, nothing else; and it turns public keys into a workspace.

create function open_due_door(target regclass, columns text) returns void language plpgsql as $$
begin
  execute format('create policy due_work on %s for select to penstock_due using (true)', target);
  execute format('grant select (%s) on %s to penstock_due', columns, target);
end $$;

select open_due_door('workspace', 'workspace_id, kind, slug, created_at');
select open_due_door('form', 'workspace_id, id, public_key, active, allowed_origins');
select open_due_door('webhook_endpoint', 'workspace_id, id, active');
select open_due_door('member', 'workspace_id, id, active');
select open_due_door('lead', 'workspace_id, id, recorded_at, workflow_started_at, settled_at');
select open_due_door('outgoing_mail', 'workspace_id, id, lead_id, state, sending_at');
select open_due_door('spend_ledger', 'workspace_id, id, state, reserved_at');
select open_due_door('source_watch', 'workspace_id, id, source, shard, due_at, active');
select open_due_door('queue_item', 'workspace_id, id, state, claimed_by, claim_expires_at, snoozed_until');
select open_due_door('outbox_event', 'workspace_id, id, kind, payload, position, recorded_at');
select open_due_door('idempotency_key', 'workspace_id, operation, key, created_at');

-- The relay numbers committed events.
create policy relay on outbox_event for update to penstock_due using (true) with check (true);
grant update (position) on outbox_event to penstock_due;
grant usage on sequence outbox_position to penstock_due;
