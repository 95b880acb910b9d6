import { Button, PasswordInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';

import styles from './settings.module.css';

/** Connects to Slack by a secret that is written once and never shown again, and forgets it. */
export function SlackSecretForm(props: {
  title: string;
  state: ReactNode;
  label: string;
  description: string;
  placeholder: string;
  isConnected: boolean;
  connect: { isPending: boolean; run: (secret: string, onTaken: () => void) => void };
  disconnect: { isPending: boolean; run: () => void };
}) {
  const { connect, disconnect, label, description, placeholder } = props;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    connect.run(String(new FormData(form).get('secret')).trim(), () => form.reset());
  };
  return (
    <div className={styles.part}>
      <h3>{props.title}</h3>
      <p className="dim">{props.state}</p>
      <form className={styles.choices} onSubmit={onSubmit}>
        <PasswordInput
          {...{ label, description, placeholder }}
          name="secret"
          autoComplete="off"
          required
          maxLength={300}
        />
        <div className={styles.tools}>
          <Button type="submit" variant="default" loading={connect.isPending}>
            Connect
          </Button>
          {props.isConnected && (
            <Button variant="subtle" color="red" loading={disconnect.isPending} onClick={disconnect.run}>
              Disconnect
            </Button>
          )}
        </div>
      </form>
    </div>
  );
}
