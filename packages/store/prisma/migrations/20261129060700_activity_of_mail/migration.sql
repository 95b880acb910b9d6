-- A mail that was told of twice is recorded once with each person.
alter table activity add column message_id text;
create unique index activity_of_mail on activity (workspace_id, message_id, person_id) where message_id is not null;
