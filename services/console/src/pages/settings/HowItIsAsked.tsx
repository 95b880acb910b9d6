import { Select, Textarea } from '@mantine/core';

import styles from './described.module.css';
import { Typed, type Part } from './TypedField.tsx';

const WAYS = [
  { value: 'none', label: 'There is one page' },
  { value: 'link', label: 'Its address is in the reply' },
  { value: 'cursor', label: 'A cursor is in the reply' },
  { value: 'number', label: 'By its number' },
  { value: 'offset', label: 'By how many to skip' },
];
const MARKS: Readonly<Record<string, string>> = {
  cursor: '{{cursor}}',
  number: '{{page}}',
  offset: '{{offset}}',
};

/** GET or POST with a body, and how the next page of a list is asked for. */
export function HowItIsAsked({ typed, set }: Part) {
  const part = { typed, set };
  const mark = MARKS[typed.pagesBy];
  return (
    <fieldset className={styles.part}>
      <legend>How it is asked</legend>
      <Select
        label="Request"
        data={['GET', 'POST']}
        value={typed.method}
        onChange={set('method')}
        allowDeselect={false}
      />
      <Select
        label="The next page"
        data={WAYS}
        value={typed.pagesBy}
        onChange={set('pagesBy')}
        allowDeselect={false}
      />
      {typed.method === 'POST' && (
        <Textarea
          className={styles.wide}
          classNames={{ input: styles.code ?? '' }}
          label="Body"
          description={`JSON${mark === undefined ? '' : `; "${mark}" stands for the next page`}`}
          autosize
          minRows={3}
          value={typed.body}
          onChange={(event) => set('body')(event.currentTarget.value)}
        />
      )}
      {typed.pagesBy === 'link' && (
        <Typed
          {...part}
          field="pagesAt"
          label="Where its address is"
          about="JSON pointer; empty for the header Link"
        />
      )}
      {typed.pagesBy === 'cursor' && (
        <Typed
          {...part}
          field="pagesAt"
          label="Where the cursor is"
          about="JSON pointer, such as /meta/next"
        />
      )}
      {mark !== undefined && (
        <Typed
          {...part}
          field="pagesAs"
          label="Its name in the address"
          about={
            typed.method === 'POST' ? `Empty where the body holds "${mark}"` : 'Such as page, cursor, offset'
          }
        />
      )}
      {typed.pagesBy === 'number' && (
        <Typed {...part} field="pagesFirst" label="The first page is" about="1 or 0" />
      )}
      {typed.pagesBy === 'offset' && (
        <Typed {...part} field="pagesSize" label="Items on a page" about="A shorter page is the last" />
      )}
      {typed.pagesBy !== 'none' && (
        <Typed
          {...part}
          field="pagesMost"
          label="Pages at a look"
          about="At most 20; that more follow is told"
        />
      )}
    </fieldset>
  );
}
