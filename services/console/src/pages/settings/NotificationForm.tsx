import { Button, Select } from '@mantine/core';
import { useState } from 'react';

import { useChange } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import { KindsTable } from './KindsTable.tsx';
import { MessageState } from './MessageState.tsx';
import { HOURS, TIMES, TimeSelect } from './TimeSelect.tsx';
import { SlackChannel } from './SlackChannel.tsx';
import styles from './settings.module.css';

export type Choices = QueryOutput<'notifications.preferences'>;
export type Chosen = Choices['preferences'];

const STRENGTHS = [
  { value: '0', label: 'Of any strength' },
  { value: '0.5', label: 'Strong and medium' },
  { value: '0.7', label: 'Strong only' },
];
const MAILS = [
  { value: 'off', label: 'Never' },
  { value: 'hourly', label: 'Every hour, if there is something' },
  { value: 'daily', label: 'Once a day' },
];

export function NotificationForm({ data }: { data: Choices }) {
  const [chosen, setChosen] = useState(data.preferences);
  const [timeZone, setTimeZone] = useState(data.timeZone);
  const set = (more: Partial<Chosen>) => setChosen({ ...chosen, ...more });
  const save = useChange('notifications.savePreferences', {
    stale: ['notifications.preferences', 'session.me'],
    onDone: () => say.done('Saved'),
  });
  const strength = STRENGTHS.findLast(({ value }) => Number(value) <= chosen.leastStrength)?.value ?? '0';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ preferences: chosen, timeZone });
      }}
    >
      <div className={styles.part}>
        <KindsTable kinds={data.kinds} chosen={chosen.kinds} onChange={(kinds) => set({ kinds })} />
        <Select
          label="Signals worth telling"
          data={STRENGTHS}
          value={strength}
          allowDeselect={false}
          onChange={(value) => set({ leastStrength: Number(value ?? 0) })}
          mt="md"
          maw={320}
        />
      </div>
      <div className={styles.part}>
        <h3>By mail</h3>
        <p className="dim">
          To {data.email}, of what you have not read by then.{' '}
          <MessageState channel="mail" messages={data.messages} />
        </p>
        <div className={styles.choices}>
          <Select
            label="A digest"
            data={MAILS}
            value={chosen.mail}
            allowDeselect={false}
            onChange={(mail) =>
              set({ mail: MAILS.some(({ value }) => value === mail) ? (mail as Chosen['mail']) : 'off' })
            }
          />
          {chosen.mail === 'daily' && (
            <TimeSelect
              label="At"
              times={HOURS}
              value={chosen.mailHour * 60}
              onChange={(at) => set({ mailHour: (at ?? 480) / 60 })}
            />
          )}
        </div>
      </div>
      <div className={styles.part}>
        <h3>In Slack</h3>
        <SlackChannel
          data={data}
          value={chosen.slackChannel}
          onChange={(slackChannel) => set({ slackChannel })}
        />
      </div>
      <div className={styles.part}>
        <h3>Quiet hours</h3>
        <p className="dim">Nothing is sent outside the console meanwhile; it comes when they end.</p>
        <QuietHours chosen={chosen} set={set} timeZone={timeZone} onTimeZone={setTimeZone} />
      </div>
      <Button type="submit" loading={save.isPending} mb={40}>
        Save
      </Button>
    </form>
  );
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

function QuietHours(props: {
  chosen: Chosen;
  set: (more: Partial<Chosen>) => void;
  timeZone: string;
  onTimeZone: (zone: string) => void;
}) {
  const { quiet } = props.chosen;
  const change = (more: Partial<Chosen['quiet']>) => props.set({ quiet: { ...quiet, ...more } });
  return (
    <div className={styles.choices}>
      <TimeSelect
        label="From"
        times={TIMES}
        value={quiet.from}
        none="No quiet hours"
        onChange={(from) => change(from === null ? { from, to: null } : { from, to: quiet.to ?? 480 })}
      />
      <TimeSelect
        label="To"
        times={TIMES}
        value={quiet.to}
        disabled={quiet.from === null}
        onChange={(to) => change({ to })}
      />
      <Select
        label="On weekends"
        data={[
          { value: 'yes', label: 'Quiet all day' },
          { value: 'no', label: 'As on other days' },
        ]}
        value={quiet.weekends ? 'yes' : 'no'}
        allowDeselect={false}
        onChange={(value) => change({ weekends: value === 'yes' })}
      />
      <Select
        label="Your time zone"
        data={ZONES}
        searchable
        value={props.timeZone}
        allowDeselect={false}
        onChange={(zone) => zone && props.onTimeZone(zone)}
      />
    </div>
  );
}
