-- A rep's first message needs no lead: it belongs to an item of the queue, and is sent once per item, person and draft.
alter table outgoing_mail
  alter column lead_id drop not null,
  add column queue_item_id uuid,
  add column deal_id uuid,
  add column draft_key text,
  -- When the worker may hand it over; only a mail that waits has one, and welcome mails are driven by their workflow.
  add column due_at timestamptz,
  add foreign key (workspace_id, queue_item_id) references queue_item (workspace_id, id),
  add foreign key (workspace_id, deal_id) references deal (workspace_id, id),
  drop constraint outgoing_mail_purpose_check,
  add constraint outgoing_mail_purpose_check check (purpose in ('welcome', 'first_message')),
  drop constraint outgoing_mail_state_check,
  add constraint outgoing_mail_state_check check (state in ('queued', 'sending', 'accepted', 'refused', 'unknown', 'withdrawn')),
  add constraint outgoing_mail_due_check check (due_at is null or state = 'queued');
alter table outgoing_mail drop constraint outgoing_mail_workspace_id_purpose_lead_id_key;
create unique index outgoing_mail_welcome_key on outgoing_mail (workspace_id, purpose, lead_id) where purpose = 'welcome';
-- What certainly did not arrive, or was taken back, may be written again.
create unique index outgoing_mail_first_message_key on outgoing_mail (workspace_id, queue_item_id, person_id, draft_key)
  where purpose = 'first_message' and state not in ('refused', 'withdrawn');
create index on outgoing_mail (workspace_id, lead_id);
create index on outgoing_mail (workspace_id, queue_item_id) where queue_item_id is not null;
create index on outgoing_mail (workspace_id, person_id);
create index on outgoing_mail (due_at) where due_at is not null;
grant select (due_at) on outgoing_mail to penstock_due;
