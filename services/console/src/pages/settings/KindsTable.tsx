import { Checkbox } from '@mantine/core';
import { NOTIFICATION_KINDS } from '@penstock/engagement/model/notification-kinds';

import type { Choices, Chosen } from './NotificationForm.tsx';
import styles from './settings.module.css';

const WAYS = [
  { key: 'console', label: 'Console' },
  { key: 'mail', label: 'Mail' },
  { key: 'slack', label: 'Slack' },
] as const;

/** Which kinds by which ways; only those that the reader's role may see. */
export function KindsTable(props: {
  kinds: Choices['kinds'];
  chosen: Chosen['kinds'];
  onChange: (chosen: Chosen['kinds']) => void;
}) {
  const { chosen } = props;
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label="What you are told of">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Of what</th>
            {WAYS.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.kinds.map((kind) => (
            <tr key={kind}>
              <td>
                <div className="strong">{NOTIFICATION_KINDS[kind].label}</div>
                <div className="dim">{NOTIFICATION_KINDS[kind].about}</div>
              </td>
              {WAYS.map(({ key, label }) => (
                <td key={key}>
                  <Checkbox
                    aria-label={`${NOTIFICATION_KINDS[kind].label}: ${label}`}
                    checked={chosen[kind][key]}
                    onChange={(event) =>
                      props.onChange({
                        ...chosen,
                        [kind]: { ...chosen[kind], [key]: event.currentTarget.checked },
                      })
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
