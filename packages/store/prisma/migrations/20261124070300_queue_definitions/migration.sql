-- The kinds of settings documents are declared in one place, `workspace/documents.ts`; here only their form is checked.
alter table document drop constraint document_kind_check;
alter table document add constraint document_kind_check check (kind ~ '^[a-z_]{1,40}$');
