import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconDownload,
  IconEraser,
  IconFileText,
  IconPhone,
  IconPhoneOff,
} from '@tabler/icons-react';
import { useState } from 'react';

import { change } from '../../api/client.ts';
import { toFailure } from '../../api/failure.ts';
import { useMay } from '../../api/hooks.ts';
import type { AccountDetail, PersonCard, SourcedValue } from '../../api/records.ts';
import { LogCallDialog } from '../../dialogs/LogCallDialog.tsx';
import { download } from '../../format/csv.ts';
import { words } from '../../format/words.ts';
import { ofField, Sourced } from '../../records/Sourced.tsx';
import { Copy } from '../../ui/Copy.tsx';
import { say } from '../../ui/notify.tsx';
import { Fact, Facts } from '../../ui/Section.tsx';
import { Tag } from '../../ui/Tag.tsx';
import styles from './accounts.module.css';
import { ChampionItems, ChampionTag } from './ChampionMark.tsx';
import { EraseDialog } from './EraseDialog.tsx';

/** A person with every value that was found, each opening into its source. */
export function PersonBlock({ person, account }: { person: PersonCard; account: AccountDetail }) {
  const may = useMay();
  const [dialog, setDialog] = useState<'call' | 'erase' | null>(null);
  const fields = [...new Set(person.values.map(({ field }) => field))].filter((field) => field !== 'title');
  const title = ofField(person.values, 'title');
  return (
    <div className={styles.person}>
      <div className={styles.personHead}>
        <div>
          <div className="strong">{person.name}</div>
          <div className="dim">
            {title.length > 0 ? <Sourced values={title} show={(value) => value} /> : 'Title not known'}
          </div>
        </div>
        <PersonMenu
          person={person}
          onCall={may('activity.write') ? () => setDialog('call') : undefined}
          onExport={may('person.export') ? () => void exportPerson(person) : undefined}
          onErase={may('person.erase') ? () => setDialog('erase') : undefined}
        />
      </div>
      <ChampionTag person={person} />
      {person.doNotCall && (
        <Tag tone="bad" shape="none">
          <IconPhoneOff size={14} aria-hidden /> Asked not to be called
        </Tag>
      )}
      <Facts>
        {person.email && !fields.includes('work_email') && <Fact label="E-mail">{person.email}</Fact>}
        {fields.map((field) => (
          <Fact key={field} label={words(field)}>
            <Sourced values={ofField(person.values, field)} show={(value) => value} />
            <Reach field={field} value={ofField(person.values, field)[0]} doNotCall={person.doNotCall} />
          </Fact>
        ))}
      </Facts>
      {dialog === 'call' && (
        <LogCallDialog
          subject={{ accountId: account.id, personId: person.id, who: person.name }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'erase' && <EraseDialog person={person} onClose={() => setDialog(null)} />}
    </div>
  );
}

/** The number's or address's own action, where the value is usable. */
function Reach(props: { field: string; value: SourcedValue | undefined; doNotCall: boolean }) {
  const { value } = props;
  if (!value?.usable) return null;
  if (props.field.includes('email')) return <Copy value={value.value} what="e-mail" />;
  if (!props.field.includes('phone') || props.doNotCall) return null;
  return (
    <ActionIcon
      size="sm"
      component="a"
      href={`tel:${value.value.replaceAll(/[^+\d]/g, '')}`}
      aria-label={`Call ${value.value}`}
    >
      <IconPhone size={14} aria-hidden />
    </ActionIcon>
  );
}

function PersonMenu(props: {
  person: PersonCard;
  onCall: (() => void) | undefined;
  onExport: (() => void) | undefined;
  onErase: (() => void) | undefined;
}) {
  const may = useMay();
  if (!may('account.write') && !props.onCall && !props.onExport && !props.onErase) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon aria-label={`What to do with ${props.person.name}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {props.onCall && (
          <Menu.Item leftSection={<IconPhone size={15} />} onClick={props.onCall}>
            Log a call
          </Menu.Item>
        )}
        {props.onExport && (
          <Menu.Item leftSection={<IconDownload size={15} />} onClick={props.onExport}>
            Export what is stored
          </Menu.Item>
        )}
        {props.onExport && (
          <Menu.Item leftSection={<IconFileText size={15} />} onClick={() => void reportPerson(props.person)}>
            The same as a page to read
          </Menu.Item>
        )}
        <ChampionItems person={props.person} />
        {props.onErase && (
          <Menu.Item color="red" leftSection={<IconEraser size={15} />} onClick={props.onErase}>
            Erase this person
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

async function reportPerson(person: PersonCard): Promise<void> {
  try {
    const { html } = await change('people.report', { id: person.id });
    download(`person-${person.id}.html`, html, 'text/html');
    say.done(`A page of everything stored about ${person.name}`);
  } catch (error) {
    say.failure(toFailure(error));
  }
}

async function exportPerson(person: PersonCard): Promise<void> {
  try {
    const { document } = await change('people.export', { id: person.id });
    download(`person-${person.id}.json`, JSON.stringify(document, null, 2), 'application/json');
    say.done(`Exported everything stored about ${person.name}`);
  } catch (error) {
    say.failure(toFailure(error));
  }
}
