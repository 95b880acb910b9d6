import { readTitle } from '@penstock/accounts/model/title-rules';
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { plural } from '../../format/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import styles from './settings.module.css';
import { partLabel, type TitleRules, type TitleTrial } from './title-rule-words.ts';
import own from './title-rules.module.css';

/** A title as it is typed, and what the rules that are shown make of it. */
export function TryTitle({ rules }: { rules: TitleRules }) {
  const [title, setTitle] = useState('');
  const reading = title.trim() === '' ? null : readTitle(title, rules);
  return (
    <div className={own.try}>
      <TextInput
        label="Try a title"
        placeholder="Head of Revenue Operations"
        value={title}
        maxLength={300}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className={own.reading} role="status" aria-live="polite">
        {reading === null ? (
          <span className="faint">Type one to see the part, the rank, and which rule says so.</span>
        ) : (
          <>
            <strong>{partLabel(reading)}</strong>
            <span className="dim">
              {reading.roleBy
                ? `part by “${reading.roleBy.rule}” (${reading.roleBy.phrase})`
                : 'part as the rank says'}
              {' · '}
              {reading.seniorityBy
                ? `rank by “${reading.seniorityBy.rule}” (${reading.seniorityBy.phrase})`
                : 'no rule knows the rank'}
            </span>
          </>
        )}
      </div>
    </div>
  );
}

const AT_FIRST = 8;

/** People of the workspace whom the draft gives another part. */
export function ChangedPeople({ trial }: { trial: TitleTrial }) {
  const [all, setAll] = useState(false);
  const shown = all ? trial.examples : trial.examples.slice(0, AT_FIRST);
  if (trial.examples.length === 0) return null;
  return (
    <div className={styles.part}>
      <h3>{plural(trial.changed, 'person gets', 'people get')} another part</h3>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="People who get another part">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Title</th>
              <th scope="col">Now</th>
              <th scope="col">With the draft</th>
              <th scope="col">By</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ person, account, title, before, after, rule }) => (
              <tr key={person.id}>
                <td>
                  {person.name}{' '}
                  <Link to="/accounts/$accountId" params={{ accountId: account.id }}>
                    {account.name}
                  </Link>
                </td>
                <td>{title}</td>
                <td className="dim">{partLabel(before)}</td>
                <td>{partLabel(after)}</td>
                <td className="dim">{rule === null ? 'no rule' : `“${rule}”`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {trial.examples.length > AT_FIRST && (
        <Button variant="subtle" size="compact-xs" mt="xs" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${trial.examples.length - AT_FIRST} more`}
        </Button>
      )}
    </div>
  );
}

/** Titles that no rule knows, with how many carry them; each begins a rule of its own. */
export function UnknownTitles(props: {
  trial: TitleTrial;
  editable: boolean;
  onAdd: (title: string) => void;
}) {
  const { trial, editable, onAdd } = props;
  const [all, setAll] = useState(false);
  const shown = all ? trial.unknown : trial.unknown.slice(0, AT_FIRST);
  return (
    <div className={styles.part}>
      <h3>Titles that no rule knows</h3>
      {trial.unknown.length === 0 ? (
        <p className="dim">None: some rule reads every title.</p>
      ) : (
        <p className="dim">
          {plural(trial.unknownPeople, 'person', 'people')}, taken as end users without a rank.
        </p>
      )}
      <ul className={own.unknown} aria-label="Titles that no rule knows">
        {shown.map(({ title, people }) => (
          <li key={title}>
            <span className={own.unknownTitle}>{title}</span>
            <Tag shape="none">{plural(people, 'person', 'people')}</Tag>
            {editable && (
              <Button
                variant="subtle"
                size="compact-xs"
                leftSection={<IconPlus size={14} aria-hidden />}
                aria-label={`New rule for ${title}`}
                onClick={() => onAdd(title)}
              >
                New rule
              </Button>
            )}
          </li>
        ))}
      </ul>
      {trial.unknown.length > AT_FIRST && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${trial.unknown.length - AT_FIRST} more`}
        </Button>
      )}
    </div>
  );
}
