import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';

import { useAnswer, useChange } from '../api/hooks.ts';
import type { MutationInput, QueryOutput } from '../api/procedures.ts';
import dialog from '../dialogs/dialogs.module.css';
import { say } from '../ui/notify.tsx';
import { sameView, viewOf, type Search } from './view-search.ts';
import styles from './views.module.css';

type View = QueryOutput<'views.list'>['items'][number];
type Page = MutationInput<'views.save'>['page'];

/** Names for what stands in the address: one's own views and those that colleagues share. */
export function SavedViews(props: {
  page: Page;
  search: Readonly<Record<string, unknown>>;
  onOpen: (search: Search) => void;
  size?: 'xs';
}) {
  const [open, setOpen] = useState(false);
  const views = useAnswer('views.list', { page: props.page });
  const now = viewOf(props.search);
  const items = views.data?.items ?? [];
  const shown = items.find((view) => sameView(view.search, now));
  return (
    <Popover opened={open} onChange={setOpen} width={300} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          {...(props.size && { size: props.size })}
          leftSection={<IconBookmark size={15} aria-hidden />}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <span className={styles.chosen}>{shown?.name ?? 'Views'}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views">
        {items.length === 0 && (
          <p className="dim">No view has a name yet. Filter and sort, then give it one here.</p>
        )}
        <ul className={styles.views}>
          {items.map((view) => (
            <Line
              key={view.id}
              view={view}
              page={props.page}
              shown={view === shown}
              onOpen={() => (setOpen(false), props.onOpen(view.search))}
            />
          ))}
        </ul>
        <Save
          page={props.page}
          search={now}
          name={shown?.mine ? shown.name : ''}
          onSaved={() => setOpen(false)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Line(props: { view: View; page: Page; shown: boolean; onOpen: () => void }) {
  const { view } = props;
  const save = useChange('views.save', { stale: ['views.list'] });
  const remove = useChange('views.remove', {
    stale: ['views.list'],
    onDone: () => {
      const { name, search, shared } = view;
      const back = () => save.mutate({ page: props.page, name, search, shared });
      // What a colleague shared can be saved again only by them.
      say.done(`“${name}” removed`, view.mine ? back : undefined);
    },
  });
  return (
    <li className={styles.view} data-shown={props.shown}>
      <button type="button" className={styles.open} aria-current={props.shown} onClick={props.onOpen}>
        <span className="clip">{view.name}</span>
        {view.shared && <span className="dim">{view.mine ? 'shared' : view.by}</span>}
      </button>
      {view.removable && (
        <ActionIcon
          size="sm"
          aria-label={`Remove the view ${view.name}`}
          onClick={() => remove.mutate({ id: view.id })}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

function Save(props: { page: Page; search: Search; name: string; onSaved: () => void }) {
  const save = useChange('views.save', {
    stale: ['views.list'],
    onDone: (_, { name, shared }) => {
      say.done(shared ? `“${name}” is saved for everybody` : `“${name}” is saved`);
      props.onSaved();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = String(fields.get('name')).trim();
    if (name !== '')
      save.mutate({ page: props.page, name, search: props.search, shared: fields.get('shared') === 'on' });
  };
  return (
    <form onSubmit={onSubmit} className={`${dialog.form} ${styles.save}`}>
      <TextInput
        name="name"
        label="Save what is shown as"
        defaultValue={props.name}
        required
        maxLength={60}
        data-autofocus
      />
      <Checkbox name="shared" label="Share with everybody here" />
      <Button type="submit" loading={save.isPending}>
        Save view
      </Button>
    </form>
  );
}
