import { Button } from '@mantine/core';

/** What can be done with a versioned document: while it is edited, discard or save; else publish its draft, if there is one. */
export function DraftButtons(props: {
  edited: boolean;
  hasDraft: boolean;
  maySave: boolean;
  saving: boolean;
  publishing?: boolean;
  onDiscard: () => void;
  onSave: () => void;
  onPublish: () => void;
}) {
  if (props.edited)
    return (
      <>
        <Button variant="default" onClick={props.onDiscard}>
          Discard
        </Button>
        <Button loading={props.saving} disabled={!props.maySave} onClick={props.onSave}>
          Save draft
        </Button>
      </>
    );
  if (!props.hasDraft) return null;
  return (
    <Button loading={props.publishing ?? false} onClick={props.onPublish}>
      Publish draft
    </Button>
  );
}
